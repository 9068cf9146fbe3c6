import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { defineRum } from '@rumkit/next-rum';
import { DAYS, EVENTS, FAILED_VIEWS, NEW_ERROR, SHIFTED, TODAY, VIEWS, WATCHED } from './adminTrendsData.js';
import { expectAccessible } from './expectAccessible.js';
import { openShop, type Shop, signIn } from './shop.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** A percentile out of bins is at most so far from the exact one. */
const BINS = 0.0101;

/** Stores six weeks, and watches them as a server does that is told of new errors. */
async function fill(database: string): Promise<void> {
  const store = await defineRum({ database }).store();
  for (let start = 0; start < VIEWS.length; start += 2000)
    await store.insert({ views: VIEWS.slice(start, start + 2000), events: [] });
  await store.insert({ views: FAILED_VIEWS, events: EVENTS });
  await store.rollUp({ now: () => Date.now() });
  const watched = [{ kind: 'newError', name: 'new-errors' }] as const;
  const plan = { timeZone: 'UTC', notifiers: [], rules: [], watched };
  // Up to the hour of the error without a rule, as whoever comes to have one, and that hour with it.
  await watchAll(store, { now: () => WATCHED - HOUR + 11 * 60_000 });
  await watchAll(store, { now: () => Date.now(), alerts: { default: plan } });
  await store.close();
}

type Store = Awaited<ReturnType<ReturnType<typeof defineRum>['store']>>;

/** A run takes so many seconds at most, and goes on with the next. */
async function watchAll(store: Store, options: Parameters<Store['watch']>[0]): Promise<void> {
  for (;;) {
    const result = await store.watch({ ...options, mostHours: 3000 });
    if (result.kind === 'done' && result.hours === 0) return;
  }
}

test('trends, shifts and new errors are told with the numbers that the views have', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  const folder = await mkdtemp(join(tmpdir(), 'rum-trends-'));
  const database = `file:${join(folder, 'rum.db')}`;
  await fill(database);
  const { shop, close } = await openShop(database);
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum/insights?range=24h`);
  await expectShift(page);
  await expectTrend(page);
  await expectRanked(page);
  await expectError(page, shop);
  await expectAccessible({ shop, page, browser }, { insights: '/admin/rum/insights?range=24h' });
  await close();
  await rm(folder, { recursive: true, force: true });
});

function p75(values: readonly (number | null)[]): number {
  const sorted = values.filter((value) => value !== null).sort((one, other) => one - other);
  return sorted[Math.ceil(0.75 * sorted.length) - 1] ?? Number.NaN;
}

function thousands(count: number): string {
  return count.toLocaleString('en-GB');
}

/** FCP of /shop, from its day on: both levels within what bins are off by, and exactly as many views. */
async function expectShift(page: Page): Promise<void> {
  const card = page.getByRole('article', { name: /^p75 FCP on \/shop went from/ });
  await expect(card).toHaveCount(1);
  const ofShop = VIEWS.filter(({ route, startedAt }) => route === '/shop' && startedAt < TODAY);
  const [before, after] = [
    ofShop.filter(({ startedAt }) => startedAt < SHIFTED),
    ofShop.filter(({ startedAt }) => startedAt >= SHIFTED),
  ];
  const title = (await card.getByRole('heading').textContent()) ?? '';
  const [, from, to, when, low, high, n] =
    /went from (\d+) ms to (\d+) ms on (\d+ \w+) \(95 %: (\d+)–(\d+) ms, n = ([\d,]+)\), and has stayed there$/.exec(
      title,
    ) ?? [];
  expect(Math.abs(Number(from) / p75(before.map(({ fcp }) => fcp)) - 1)).toBeLessThan(BINS);
  expect(Math.abs(Number(to) / p75(after.map(({ fcp }) => fcp)) - 1)).toBeLessThan(BINS);
  expect(Number(low)).toBeLessThan(Number(to));
  expect(Number(high)).toBeGreaterThan(Number(to));
  expect(n).toBe(thousands(after.length));
  expect(when).toBe(
    new Date(SHIFTED).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }),
  );
  await expect(card.getByText('Shift for the worse')).toBeVisible();
  await expect(card.getByText(/^Compared with the 26 days before/)).toContainText(
    `n = ${thousands(before.length)}`,
  );

  const summary = card.getByText('Day by day');
  if (
    !(await card
      .locator('details')
      .first()
      .evaluate((details) => (details as HTMLDetailsElement).open))
  )
    await summary.click();
  await expect(card.locator('.rum-chart svg').first()).toBeVisible();
  await card.getByText('Show as table').click();
  const rows = card.getByRole('row');
  await expect(rows).toHaveCount(1 + DAYS);
  const ofDay = ofShop.filter(({ startedAt }) => startedAt >= SHIFTED && startedAt < SHIFTED + DAY);
  const cells = await rows
    .nth(1 + DAYS - 16)
    .locator('th, td')
    .allTextContents();
  const shown = Number(cells[1]?.replace(' ms', ''));
  expect(Math.abs(shown / p75(ofDay.map(({ fcp }) => fcp)) - 1)).toBeLessThan(BINS);
  expect(cells[3]).toBe(String(ofDay.length));
}

/** LCP of /product/[id] rises by 49 ms a week in the middle, so p75 by more. */
async function expectTrend(page: Page): Promise<void> {
  const card = page.getByRole('article', { name: /^p75 LCP on \/product\/\[id\] has risen by/ });
  await expect(card).toHaveCount(1);
  const views = VIEWS.filter(({ route, startedAt }) => route === '/product/[id]' && startedAt < TODAY);
  const title = (await card.getByRole('heading').textContent()) ?? '';
  const [, slope, weeks, low, high, n] =
    /risen by (\d+) ms a week for (\d+) weeks, from 1\.\d\d s to [12]\.\d\d s \(95 %: (\d+)–(\d+) ms a week, n = ([\d,]+)\)$/.exec(
      title,
    ) ?? [];
  expect(weeks).toBe('6');
  expect(n).toBe(thousands(views.length));
  // By what a straight line through the weeks' own p75 rises, by least squares.
  const weekly = Array.from({ length: DAYS / 7 }, (_, week) =>
    p75(
      views
        .filter(({ startedAt }) => Math.floor((startedAt - TODAY + DAYS * DAY) / (7 * DAY)) === week)
        .map(({ lcp }) => lcp),
    ),
  );
  const middle = (weekly.length - 1) / 2;
  const mean = weekly.reduce((sum, value) => sum + value, 0) / weekly.length;
  const truth =
    weekly.reduce((sum, value, week) => sum + (week - middle) * (value - mean), 0) /
    weekly.reduce((sum, _, week) => sum + (week - middle) ** 2, 0);
  expect(Number(low)).toBeLessThan(truth);
  expect(Number(high)).toBeGreaterThan(truth);
  expect(Math.abs(Number(slope) / truth - 1)).toBeLessThan(0.35);
}

/** The feed is in the order of what it says that each makes worse. */
async function expectRanked(page: Page): Promise<void> {
  const cards = page.getByRole('list', { name: 'What matters most first' }).getByRole('article');
  const impacts = (await cards.allTextContents()).map((text) => {
    const [, n, verdict] = /about ([\d,]+) views? (worse|better) in this time/.exec(text) ?? [];
    return n === undefined ? 0 : Number(n.replace(/,/g, '')) * (verdict === 'worse' ? 1 : -1);
  });
  expect(impacts.length).toBeGreaterThanOrEqual(3);
  expect(impacts).toEqual([...impacts].sort((one, other) => other - one));
}

/** A new error is an incident, with how often and to whom it came, and the way to its page. */
async function expectError(page: Page, shop: Shop): Promise<void> {
  const card = page.getByRole('article', { name: /a new error came up/ });
  await expect(card).toHaveCount(1);
  const { message, events, visitors } = NEW_ERROR;
  await expect(card.getByRole('heading')).toContainText(
    `a new error came up ${events} times to ${visitors} visitors: “TypeError: ${message}”`,
  );
  await expect(card.getByText(`It happened ${events} times`)).toBeVisible();
  await expect(card.locator('.rum-chart svg').first()).toBeVisible();
  const list = card.getByRole('list', { name: 'Errors, most frequent first' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list).toContainText(`on /lamps (${events} times to ${visitors} visitors when it was noticed)`);
  await expect(card.locator('b')).toHaveCount(0);
  await list.getByRole('link').click();
  await expect(page).toHaveURL(/\/errors\/[0-9a-f]{16}\?/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`TypeError: ${message}`);
  await expect(page.locator('.rum-totals dd').first()).toHaveText(String(events));
  await page.goto(`${shop.url}/admin/rum/insights?range=24h`);
}
