import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { percentile } from './adminData.js';
import { VISITS, type Visit } from './adminPathsData.js';
import { drawSpan } from './drawSpan.js';
import { settled } from './expectAccessible.js';
import { shiftsOf, watchShifts } from './shifts.js';
import { VITALS } from './shop.js';
import { count, near } from './shownFigures.js';
import { withPolicy } from './strictPolicy.js';
import { enter, expect, test } from './visitsShop.js';

const VIEWS = VISITS.flatMap(({ views }) => views);
const LAMPS = VIEWS.filter(({ route }) => route === '/product/[id]');

/** So that the visits of these tests are not among those that they look at. */
async function keepUnmeasured(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => localStorage.setItem('lampyre-measuring', 'off'));
}

test.beforeEach(({ context }) => keepUnmeasured(context));

test('pieces of the admin show on a page of the shop what was stored', async ({ shop, page }) => {
  await enter(page, shop);
  await page.goto(`${shop.url}/team`);
  await settled(page);
  const overview = piece(page, 'Overview');
  await expect(overview.locator('dl div', { hasText: 'Views' }).locator('dd')).toContainText(
    count(VIEWS.length),
  );
  await expect(overview.getByRole('region', { name: 'In words' })).toContainText(/LCP/);
  for (const [of, views] of [
    [overview, VIEWS],
    [piece(page, "Vitals of a lamp's page"), LAMPS],
  ] as const) {
    for (const vital of VITALS) {
      const card = of.getByRole('article', { name: new RegExp(`^${vital}`, 'i') });
      // What came without asking the server anew has no time to its first byte.
      const having = views.filter((view) => view[vital] !== null && (vital !== 'ttfb' || view.ttfb !== 0));
      await expect(card).toContainText(`n = ${count(having.length)}`);
      if (having.length > 0) await near(card.locator('strong'), percentile(having, vital, 0.75), vital);
    }
  }
  const vitals = piece(page, "Vitals of a lamp's page");
  await near(
    vitals.locator('dl div', { hasText: 'p95' }).locator('dd'),
    percentile(LAMPS, 'lcp', 0.95),
    'lcp',
  );
  await expect(vitals.locator('.rum-percentiles .recharts-surface').first()).toBeVisible();

  const rows = piece(page, 'From lamp to order').locator('tbody tr');
  await expect(rows.locator('td:nth-of-type(1) > span > span:first-child')).toHaveText(
    FUNNEL.map((_, place) => count(VISITS.filter((visit) => stepsTaken(visit) > place).length)),
  );
});

const FUNNEL: readonly (readonly [kind: string, name: string])[] = [
  ['view', '/product/[id]'],
  ['custom', 'add_to_cart'],
  ['view', '/checkout'],
  ['custom', 'purchase'],
];

/** How many steps of {@link FUNNEL} a visit took, in their order. */
function stepsTaken({ views, events }: Visit): number {
  const done = [
    ...views.map(({ startedAt, route }) => [startedAt, 'view', route] as const),
    ...events.map(({ occurredAt, type, name }) => [occurredAt, type, name] as const),
  ].sort(([a], [b]) => a - b);
  let taken = 0;
  for (const [, kind, name] of done) {
    const [nextKind, nextName] = FUNNEL[taken] ?? [];
    if (kind === nextKind && name === nextName) taken += 1;
  }
  return taken;
}

test('names lead into the admin, a span is drawn and taken back, and figures can be kept as they are', async ({
  shop,
  page,
}) => {
  await enter(page, shop);
  await page.goto(`${shop.url}/team`);
  await settled(page);
  const overview = piece(page, 'Overview');
  const total = overview.locator('dl div', { hasText: 'Views' }).locator('dd');
  await drawSpan(overview.locator('.rum-traffic'));
  await expect(total).not.toContainText(count(VIEWS.length));
  await expect(page).toHaveURL(`${shop.url}/team`);
  await overview.getByRole('button', { name: 'Whole time' }).click();
  await expect(total).toContainText(count(VIEWS.length));

  await overview.getByRole('button', { name: 'Live – pause Overview' }).click();
  await expect(overview.getByRole('button', { name: 'Paused – resume Overview' })).toBeVisible();

  await piece(page, "Vitals of a lamp's page").getByRole('link', { name: "Vitals of a lamp's page" }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('/product/[id]');
  await expect(page).toHaveURL(/\/admin\/rum\/pages\/%2Fproduct%2F%5Bid%5D\?range=7d/);
});

test('whoever is not signed in is told so, and nothing else', async ({ shop, page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/rum/')) asked.push(request.url());
  });
  const answer = await page.goto(`${shop.url}/team`);
  const html = (await answer?.text()) ?? '';
  expect(html).toContain('Sign in to see these figures.');
  for (const secret of ['/product/[id]', 'add_to_cart', 'purchase', 'From lamp to order', '/api/rum']) {
    expect(html).not.toContain(secret);
  }
  await expect(page.getByText('Sign in to see these figures.')).toHaveCount(3);
  await expect(page.locator('.rum-panel, .rum-card')).toHaveCount(0);
  expect(asked).toEqual([]);
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await expect(page.getByLabel('Password')).toBeVisible();
});

test('a session that ends while it is looked at takes the figures with it', async ({
  shop,
  page,
  context,
}) => {
  await enter(page, shop);
  await page.goto(`${shop.url}/team`);
  await settled(page);
  await context.clearCookies();
  await piece(page, 'From lamp to order').getByRole('button', { name: 'Live – pause' }).click();
  await piece(page, 'Overview').getByLabel('Traffic').first().waitFor();
  await drawSpan(page.locator('.rum-traffic'));
  await expect(page.getByText('Sign in to see these figures.')).toHaveCount(3);
  await expect(page.locator('.rum-panel, .rum-card')).toHaveCount(0);
});

test('what the page says of elements in general does not reach a piece, nor the other way round', async ({
  shop,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await enter(page, shop);
  await page.goto(`${shop.url}/team`);
  await settled(page);
  const before = await looksOf(page, '.rum-embed');
  await page.addStyleTag({ content: LOUD });
  // The page heeds it.
  await expect(page.locator('h1')).toHaveCSS('text-transform', 'uppercase');
  expect(before.length).toBeGreaterThan(500);
  expect(differences(before, await looksOf(page, '.rum-embed'))).toEqual([]);

  const samples = async (): Promise<readonly Look[]> => {
    await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), SAMPLES);
    return looksOf(page, '#samples');
  };
  await page.goto(`${shop.url}/team`);
  await settled(page);
  const beside = await samples();
  await page.goto(`${shop.url}/privacy`);
  expect(differences(beside, await samples())).toEqual([]);
});

/** Nothing of it changes how much room there is for a piece. */
const LOUD = `
  * { letter-spacing: 3px; }
  main :is(h1, h2, p, td, th, dt, dd, li, a, button, section, article:not(.shop-team)) {
    margin: 9px; padding: 7px; border: 3px solid red; color: red; font: italic 30px serif; text-transform: uppercase;
  }
  .shop main table { border-spacing: 9px; display: block; }
  #nothing, .shop main svg { display: none; }
  main div { background: yellow; float: right; }
  main ::before { content: "loud"; }
`;

const SAMPLES = `<div id="samples"><h2>a</h2><p>b <a href="#x">c</a></p><button>d</button><input><select><option>e</select>
  <table><tbody><tr><th>f</th><td>g</td></tr></tbody></table><ul><li>h</li></ul><details><summary>i</summary></details></div>`;

type Look = Readonly<Record<string, string>>;

/** How everything within `selector` is styled. */
function looksOf(page: Page, selector: string): Promise<readonly Look[]> {
  return page.evaluate((within) => {
    // What depends on where on the page it stands, and on the moment.
    const passing = /^(perspective-origin|transform-origin|transition|inset|top|right|bottom|left)/;
    return [...document.querySelectorAll(`${within}, ${within} *`)].map((element) => {
      const style = getComputedStyle(element);
      const names = [...style].filter((name) => !passing.test(name));
      return {
        of: `${element.tagName}.${element.getAttribute('class')}`,
        before: getComputedStyle(element, '::before').content,
        after: getComputedStyle(element, '::after').content,
        ...Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)])),
      };
    });
  }, selector);
}

function differences(before: readonly Look[], after: readonly Look[]): readonly string[] {
  return before.flatMap((look, place) =>
    Object.entries(look)
      .filter(([name, value]) => after[place]?.[name] !== value)
      .map(([name, value]) => `${look.of} ${name}: ${value} became ${after[place]?.[name]}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`pieces are accessible and fit a phone, and nothing moves while they load, ${colorScheme}`, async ({
    shop,
    browser,
  }) => {
    for (const width of [1280, 360]) {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      await keepUnmeasured(context);
      await watchShifts(context);
      const page = await context.newPage();
      await enter(page, shop);
      await page.goto(`${shop.url}/team`);
      await settled(page);
      expect.soft(await shiftsOf(page), String(width)).toEqual([]);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      expect
        .soft(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)))
        .toEqual([]);
      await page.screenshot({
        path: test.info().outputPath(`team-${colorScheme}-${width}.png`),
        fullPage: true,
      });
      await context.close();
    }
  });
}

test('pieces work under a content security policy that trusts nothing inline', async ({ shop, page }) => {
  const proxy = await withPolicy(shop);
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  try {
    await enter(page, { ...shop, url: proxy.url });
    await page.goto(`${proxy.url}/team`);
    await settled(page);
    await page.locator('.rum-traffic .recharts-surface').first().hover();
    await expect(page.locator('.rum-tooltip')).toBeVisible();
    expect(refused).toEqual([]);
  } finally {
    await proxy.close();
  }
});

function piece(page: Page, title: string): Locator {
  return page.locator('.rum-embed').and(page.getByRole('region', { name: title, exact: true }));
}
