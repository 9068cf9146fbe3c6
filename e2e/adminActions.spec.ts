import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  durationText,
  type Event,
  eventsOf,
  FROM,
  fill,
  HOSTILE,
  percentile,
  percentileText,
  type Said,
  shareText,
  TO,
} from './adminActivityData.js';
import { expectAccessible } from './expectAccessible.js';
import { expect, openShop, type Shop, test as shopTest, signIn } from './shop.js';

const ACTIONS = eventsOf('action', 600, 9, (next) => {
  const name = ['buy', 'search', HOSTILE][Math.floor(next() ** 2 * 3)] ?? 'buy';
  const frustrations = [
    ...(next() < 0.08 ? ['rage'] : []),
    ...(next() < 0.05 ? ['dead'] : []),
    ...(next() < 0.05 ? ['error'] : []),
  ];
  return {
    name,
    duration: next() < 0.2 ? 0 : Math.round(next() * 20_000) / 10,
    said: {
      kind: 'click',
      target: `#${name.length}`,
      requests: Math.floor(next() * 3),
      ...(frustrations.length > 0 && { frustrations }),
      ...(frustrations.includes('error') && { errors: 1 }),
      ...(next() < 0.3 && { navigated: true }),
    },
  };
});

const TIMINGS = [
  ...eventsOf('timing', 500, 10, (next) => ({
    name: ['product_list', 'cart'][Math.floor(next() * 2)] ?? 'cart',
    duration: Math.round(next() ** 2 * 3000) / 10,
    said:
      next() < 0.5
        ? { kind: 'render', properties: { phase: 'mount' } }
        : {
            kind: 'query',
            properties: { operation: 'query', status: next() < 0.1 ? 'error' : 'success' },
          },
  })),
  ...eventsOf('longtask', 80, 11, (next) => ({
    name: 'https://shop.example/app.js',
    duration: 50 + Math.round(next() * 200),
    said: { blockingDuration: Math.round(next() * 100) },
  })),
];

type SaidEvent = Event & { readonly said: Said };
const SPAN = `from=${FROM}&to=${TO + 3_600_000}`;

const test = shopTest.extend<{ shop: Shop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  shop: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'rum-actions-'));
    const database = `file:${join(folder, 'rum.db')}`;
    await fill(database, [...ACTIONS, ...TIMINGS]);
    const { shop, close } = await openShop(database);
    await use(shop);
    await close();
    await rm(folder, { recursive: true, force: true });
  },
});

/** Names of the visits that events are of: runs of one visitor's actions without half an hour of silence. */
function visitsOf(fits: (event: SaidEvent) => boolean): number {
  let hit = 0;
  for (const visitor of new Set(ACTIONS.map((event) => event.visitor))) {
    const own = ACTIONS.filter((event) => event.visitor === visitor).toSorted(
      (a, b) => a.occurredAt - b.occurredAt,
    );
    const starts = own.flatMap(({ occurredAt }, index) =>
      index === 0 || occurredAt - (own[index - 1]?.occurredAt ?? 0) >= 30 * 60_000 ? [index] : [],
    );
    hit += starts.filter((start, index) => own.slice(start, starts[index + 1]).some(fits)).length;
  }
  return hit;
}

function has(kind: string): (event: SaidEvent) => boolean {
  return ({ said }) => Array.isArray(said.frustrations) && said.frustrations.includes(kind);
}

test('actions and frustrations are told by what, where and for how many', async ({ shop, page }) => {
  await signIn(page, shop);
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Actions');
  await page.goto(`${shop.url}/admin/rum/actions?${SPAN}`);
  await expect(page.getByText(`Of all ${ACTIONS.length} actions of this time`)).toBeVisible();

  const visits = visitsOf(() => true);
  const affected = page.getByRole('region', { name: 'Visits that met a frustration' });
  for (const [label, kind] of [
    ['Rage clicks', 'rage'],
    ['Dead clicks', 'dead'],
    ['Error clicks', 'error'],
  ] as const) {
    const fact = affected.locator('dl div', { hasText: label }).locator('dd');
    await expect(fact).toContainText(shareText(visitsOf(has(kind)), visits));
    await expect(fact).toContainText(`${visitsOf(has(kind))} visits`);
  }

  const alike = ACTIONS.filter(({ name, route }) => name === 'buy' && route === '/checkout');
  const table = page.getByRole('region', { name: 'Actions table' });
  const cells = table
    .getByRole('row')
    .filter({ hasText: 'buy' })
    .filter({ hasText: '/checkout' })
    .getByRole('cell');
  await expect(cells.nth(1)).toContainText(String(alike.length));
  await expect(cells.nth(2)).toHaveText(String(new Set(alike.map(({ visitor }) => visitor)).size));
  const settled = alike.flatMap(({ duration }) => duration || []);
  await expect(cells.nth(3)).toContainText(durationText(percentile(settled, 0.75)));
  const led = alike.filter(({ said }) => said.navigated === true).length;
  await expect(cells.nth(4)).toContainText(shareText(led, alike.length));
  await expect(cells.nth(5)).toContainText(
    String(alike.reduce((sum, { said }) => sum + Number(said.requests), 0)),
  );

  const raged = alike.filter(has('rage'));
  const frustrations = page.getByRole('region', { name: 'Frustrations table' });
  const met = frustrations
    .getByRole('row')
    .filter({ hasText: 'buy' })
    .filter({ hasText: 'Rage clicks' })
    .filter({ hasText: '/checkout' });
  await expect(met.getByRole('cell').nth(2)).toHaveText(String(raged.length));
  await expect(frustrations.getByText(HOSTILE).first()).toBeVisible();
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);

  const links = page.getByRole('link', { name: 'CSV' });
  const files = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  const [first = ''] = files;
  const csv = await page.evaluate(async (href) => (await fetch(href)).text(), first);
  expect(csv.split('\r\n')[0]).toMatch(/^frustration,name,kind,target,route,n,/);
});

test('timings are told by kind, name and route', async ({ shop, page }) => {
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum/components?${SPAN}`);
  await expect(page.getByText(`Of all ${TIMINGS.length} timings and long tasks of this time`)).toBeVisible();
  await page.getByLabel('Kind').selectOption('render');
  await expect(page).toHaveURL(/timing=render/);
  const alike = TIMINGS.filter(
    ({ name, route, said }) => name === 'cart' && route === '/checkout' && said.kind === 'render',
  );
  const durations = alike.flatMap(({ duration }) => duration ?? []);
  const table = page.getByRole('region', { name: 'Timings table' });
  await expect(table.getByRole('rowheader')).toHaveCount(6);
  const cells = table
    .getByRole('row')
    .filter({ hasText: 'cart' })
    .filter({ hasText: '/checkout' })
    .getByRole('cell');
  await expect(cells.nth(1)).toContainText(String(alike.length));
  await expect(cells.nth(2)).toHaveText(percentileText(durations, 0.5));
  await expect(cells.nth(3)).toHaveText(percentileText(durations, 0.75));
  await expect(cells.nth(4)).toHaveText(percentileText(durations, 0.95));
  const total = durations.reduce((sum, each) => sum + each, 0);
  await expect(cells.nth(5)).toContainText(durationText(total));
  await page.getByLabel('Kind').selectOption('longtask');
  await expect(table.getByRole('rowheader')).toHaveCount(3);
  await table.getByRole('button', { name: 'p95' }).click();
  await expect(page).toHaveURL(/order=timings:-p95/);
});

test('the page of a route tells each in brief, and leads to all of it', async ({ shop, page }) => {
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum/pages/%2Fcheckout?${SPAN}`);
  const brief = (name: string) => page.getByRole('region', { name: `${name} in brief` });
  await brief('Components').scrollIntoViewIfNeeded();
  const rows = brief('Actions').getByRole('row');
  await expect(rows).toHaveCount(4);
  const buys = ACTIONS.filter(({ name, route }) => name === 'buy' && route === '/checkout');
  await expect(rows.filter({ hasText: 'buy' }).getByRole('cell').first()).toHaveText(String(buys.length));
  const tasks = TIMINGS.filter(({ type, route }) => type === 'longtask' && route === '/checkout');
  const task = brief('Components').getByRole('row').filter({ hasText: 'app.js' });
  await expect(task.getByRole('cell').first()).toHaveText(String(tasks.length));
  await expect(page.getByRole('region', { name: 'Errors', exact: true })).toContainText('None');
  await expect(brief('Referrers')).toContainText('100 %');
  await page.getByRole('link', { name: 'All actions' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Actions');
  await expect(page).toHaveURL(/filter=route:\/checkout/);
  const ofRoute = ACTIONS.filter(({ route }) => route === '/checkout').length;
  await expect(page.getByText(`Of all ${ofRoute} actions of this time`)).toBeVisible();
});

test('both pages are accessible in both themes, and fit a phone', async ({ shop, page, browser }) => {
  test.slow();
  await signIn(page, shop);
  await expectAccessible(
    { shop, page, browser },
    {
      actions: `/admin/rum/actions?${SPAN}&compare=previous`,
      components: `/admin/rum/components?${SPAN}&compare=previous`,
      route: `/admin/rum/pages/%2Fcheckout?${SPAN}`,
      'no-actions': '/admin/rum/actions?range=1h&filter=country:XX',
      'no-components': '/admin/rum/components?range=1h&filter=country:XX',
    },
  );
});
