import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { FROM, fill, TO } from './adminData.js';
import { inPieces } from './inPieces.js';
import { shiftsOf, watchShifts } from './shifts.js';
import { openShop, PASSWORD, type Shop, signIn } from './shop.js';
import { withPolicy } from './strictPolicy.js';

const PAGES = {
  overview: '',
  vitals: '/vitals/lcp',
  insights: '/insights',
  pages: '/pages',
  errors: '/errors',
  route: '/pages/%2Fcheckout',
  requests: '/requests',
  actions: '/actions',
  components: '/components',
  sessions: '/sessions',
  journeys: '/journeys',
  funnels: '/funnels',
  goals: '/goals',
  live: '/live',
  health: '/health',
  boards: '/dashboards',
  settings: '/settings',
  nowhere: '/nowhere',
} as const;

const QUESTION = `from=${FROM}&to=${TO}&compare=previous&filter=device:mobile&filter=!country:FR`;

/** A board that has a panel of each kind. */
const PANELS = [
  { metric: 'views', dimension: null, chart: 'line', width: 2 },
  { metric: 'lcp', dimension: null, chart: 'number', width: 1 },
  { metric: 'lcp', dimension: null, chart: 'histogram', width: 1 },
  { metric: 'views', dimension: 'route', chart: 'bars', width: 1 },
  { metric: 'inp', dimension: 'country', chart: 'table', width: 1 },
];

let folder: string;
let shop: Shop;
/** What a link to the board ends with. */
let token: string;
let close: () => Promise<void>;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rum-access-'));
  const database = `file:${join(folder, 'rum.db')}`;
  await fill(database);
  ({ shop, close } = await openShop(database));
  token = await shareBoard();
});

/** Makes the board and a link to it. */
async function shareBoard(): Promise<string> {
  const api = `${shop.url}/api/rum/admin`;
  const headers: Record<string, string> = { 'content-type': 'application/json', origin: shop.url };
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`${api}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const signedIn = await post('sign-in', { password: PASSWORD });
  headers.cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const panels = PANELS.map((panel, index) => ({ id: `panel-${index}`, title: '', filters: [], ...panel }));
  const { id } = await (
    await post('boards', { do: 'save', id: null, replaces: 0, name: 'For everybody', panels })
  ).json();
  const share = { do: 'create', board: id, name: 'Wall', days: 7, search: `from=${FROM}&to=${TO}` };
  return (await (await post('shares', share)).json()).token;
}

/** Address of each page. @param search What is asked, as a query string. */
function addresses(search: string): readonly (readonly [name: string, url: string])[] {
  return [
    ...Object.entries(PAGES).map(([name, path]) => [name, `/admin/rum${path}?${search}`] as const),
    ['shared', `/admin/rum/shared?${search}#${token}`],
    ['shared-nothing', `/admin/rum/shared?${search}#${'x'.repeat(43)}`],
  ];
}

test.afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

for (const theme of ['light', 'dark'] as const) {
  test(`every page is accessible, ${theme}`, async ({ page }) => {
    test.setTimeout(180_000);
    test.slow();
    await signIn(page, shop);
    for (const [name, address] of addresses(`${QUESTION}&theme=${theme}`)) {
      await page.goto(shop.url + address);
      await settled(page);
      expect.soft(await problemsOf(page), name).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`${name}-${theme}.png`), fullPage: true });
    }
    await page.goto(`${shop.url}/admin/rum?${QUESTION}&theme=${theme}`);
    await settled(page);
    await page.keyboard.press('?');
    expect(await problemsOf(page), 'help').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('/');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
    expect(await problemsOf(page), 'filter').toEqual([]);
  });

  test(`every page fits a phone and nothing moves while it loads, ${theme}`, async ({ browser }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    await watchShifts(context);
    const phone = await context.newPage();
    await signIn(phone, shop);
    for (const [name, address] of addresses(`from=${FROM}&to=${TO}`)) {
      await phone.goto(shop.url + address);
      await settled(phone);
      expect.soft(await phone.evaluate(() => document.documentElement.scrollWidth), name).toBe(360);
      expect.soft(await shiftsOf(phone), name).toEqual([]);
      await phone.screenshot({ path: test.info().outputPath(`${name}-${theme}-360.png`), fullPage: true });
    }
    await context.close();
  });
}

for (const width of [360, 1280]) {
  test(`next to nothing moves while a page comes piece by piece, ${width} px`, async ({ browser }) => {
    test.setTimeout(180_000);
    const proxy = await inPieces(shop);
    const context = await browser.newContext({ viewport: { width, height: 740 }, reducedMotion: 'reduce' });
    try {
      await watchShifts(context);
      const page = await context.newPage();
      await signIn(page, { ...shop, url: proxy.url });
      for (const path of ['', '/insights', '/vitals/lcp']) {
        await page.goto(`${proxy.url}/admin/rum${path}?from=${FROM}&to=${TO}&compare=previous`);
        await settled(page);
        // Legends grow entry by entry. Good is 0.1: https://web.dev/articles/cls
        expect.soft(sizeOf(await shiftsOf(page)), path).toBeLessThan(0.005);
      }
    } finally {
      await context.close();
      await proxy.close();
    }
  });
}

test('the admin works under a content security policy that trusts nothing inline', async ({ page }) => {
  test.setTimeout(180_000);
  const proxy = await withPolicy(shop);
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  try {
    await signIn(page, { ...shop, url: proxy.url });
    for (const [, address] of addresses(QUESTION)) {
      await page.goto(proxy.url + address);
      await settled(page);
    }
    await page.goto(`${proxy.url}/admin/rum?${QUESTION}`);
    await page.locator('.rum-traffic .recharts-surface').first().hover();
    await expect(page.locator('.rum-tooltip')).toBeVisible();
    await page.keyboard.press('/');
    await expect(page.getByRole('combobox', { name: 'Filter by' })).toBeVisible();
    expect(refused).toEqual([]);
    // The policy is in force: what is written inline does not run.
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      document.body.append(script);
    });
    expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
    expect(refused).toHaveLength(1);
  } finally {
    await proxy.close();
  }
});

function sizeOf(shifts: Awaited<ReturnType<typeof shiftsOf>>): number {
  return shifts.reduce((sum, [size]) => sum + size, 0);
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.rum-admin[aria-busy], .rum-admin [aria-busy=true]')).toHaveCount(0);
}

async function problemsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .include('.rum-admin')
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
