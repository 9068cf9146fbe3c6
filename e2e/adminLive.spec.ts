import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Locator, type Page } from '@playwright/test';
import { defineRum } from '@rumkit/next-rum';
import { newId } from '@rumkit/react-rum/protocol';
import { blankView } from './adminData.js';
import { expect, openShop, type Shop, signIn } from './shop.js';
import { count } from './shownFigures.js';

const MINUTE = 60_000;
const COUNTRIES: { readonly [code: string]: string } = { DE: 'Germany', FR: 'France', PT: 'Portugal' };
const ROUTES = ['/', '/product/[id]', '/cart'];
const FEED = ['action', 'custom', 'error'] as const;
const KINDS = { action: 'Action', custom: 'Event', error: 'Error' } as const;

const test = base.extend<{ readonly shop: Shop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  shop: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'rum-live-'));
    const database = `file:${join(folder, 'rum.db')}`;
    await fillHalfHour(database);
    const { shop, close } = await openShop(database);
    await use(shop);
    await close();
    await rm(folder, { recursive: true, force: true });
  },
});

/** Views of the last 24 minutes, far enough from the end of the half hour to stay in it, and some from before it. */
async function fillHalfHour(database: string): Promise<void> {
  const now = Date.now();
  const views = Array.from({ length: 60 }, (_, index) =>
    blankView({
      startedAt: now - (index < 48 ? (index + 1) * 30_000 : (index + 1) * MINUTE),
      route: ROUTES[index % 3] ?? '/',
      visitor: `visitor-${index % 17}`,
      country: ['DE', 'FR', 'DE', null][index % 4] ?? null,
      lcp: 900 + index,
      ttfb: 100,
    }),
  );
  const events = views
    .filter((_, index) => index % 5 === 0)
    .map((view, index) => {
      const type = FEED[index % 3] ?? 'custom';
      const occurredAt = view.startedAt + 700;
      return {
        app: 'default',
        id: newId(occurredAt),
        viewId: view.id,
        type,
        name: type === 'error' ? 'TypeError' : `<b>${type} ${index}`,
        occurredAt,
        receivedAt: occurredAt + 500,
        visitor: view.visitor,
        route: view.route,
        data: type === 'error' ? JSON.stringify({ message: 'no lamp' }) : null,
        sample: false,
        duration: null,
        sampleRate: null,
        clock: null,
      };
    });
  const store = await defineRum({ database }).store();
  // The shop's rows are read through the same one, which is closed with it.
  await store.insert({ views, events });
}

for (const by of ['stream', 'polling'] as const) {
  test(`a click appears on the live page beside all that is stored, by ${by}`, async ({
    shop,
    page,
    browser,
  }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/admin/live')) asked.push(request.url());
    });
    if (by === 'polling') await page.route(/\/admin\/live\?.*stream/, (route) => route.abort());
    await signIn(page, shop);
    await page.goto(`${shop.url}/admin/rum/live`);
    await settledButStreaming(page);
    await expectStored(page, shop);

    const context = await browser.newContext({ extraHTTPHeaders: { 'cf-ipcountry': 'PT' } });
    const visitor = await context.newPage();
    await visitor.goto(`${shop.url}/product/ember`);
    const feed = page.getByRole('region', { name: 'What they do, as a list' });
    await expect(feed.getByRole('rowheader', { name: 'add to cart', exact: true })).toHaveCount(0);
    asked.length = 0;
    await visitor.getByRole('button', { name: 'Add to cart' }).click();
    await expect(feed.getByRole('rowheader', { name: 'add to cart', exact: true })).toBeVisible();
    await expect(feed.getByRole('rowheader', { name: 'add_to_cart', exact: true })).toBeVisible();
    await expect(page.locator('.rum-live-scroll li').first()).toContainText('/product/[id]');
    await expectStored(page, shop);
    if (by === 'stream') expect(asked).toEqual([]);
    else expect(asked.filter((url) => !url.includes('stream')).length).toBeGreaterThan(0);
    await context.close();
  });
}

test('a paused live page stands still until it is let go on', async ({ shop, page, browser }) => {
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum/live`);
  await settledButStreaming(page);
  await page.getByRole('button', { name: 'Live – pause' }).click();
  const shown = await figure(page, 'Views').textContent();
  const visitor = await browser.newPage();
  await visitor.goto(`${shop.url}/cart`);
  await expect.poll(async () => (await shop.views()).at(-1)?.route).toBe('/cart');
  await visitor.close();
  await expect(figure(page, 'Views')).toHaveText(shown ?? '');
  await page.getByRole('button', { name: 'Paused – resume' }).click();
  await expectStored(page, shop);
});

/** Expects the figures, the feed and the map to be those of the rows of the last half hour. */
async function expectStored(page: Page, shop: Shop): Promise<void> {
  await expect(async () => {
    const from = Date.now() - 30 * MINUTE;
    const views = (await shop.views()).filter(({ startedAt }) => startedAt > from).toReversed();
    const events = (await shop.events(...FEED)).filter(({ occurredAt }) => occurredAt > from).toReversed();
    await expect(figure(page, 'Views')).toHaveText(count(views.length), QUICK);
    const visitors = new Set(views.map(({ visitor }) => visitor)).size;
    await expect(figure(page, 'Visitors')).toHaveText(count(visitors), QUICK);

    const list = page.locator('.rum-live-scroll li .rum-live-route');
    await expect(list).toHaveText(
      views.map(({ route }) => route),
      QUICK,
    );
    const rows = page.getByRole('region', { name: 'What they do, as a list' }).locator('tbody tr');
    const told = await rows.evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('th, td:nth-of-type(-n+2)')].map((cell) => cell.textContent)),
    );
    expect(told).toEqual(
      events.slice(0, 50).map(({ name, type, route }) => [name, KINDS[type as keyof typeof KINDS], route]),
    );

    const where = page.getByRole('region', { name: 'Where they are', exact: true });
    for (const [code, name] of Object.entries(COUNTRIES)) {
      const n = views.filter(({ country }) => country === code).length;
      const row = where.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
      if (n === 0) await expect(row).toHaveCount(0, QUICK);
      else await expect(row.getByRole('cell')).toHaveText(count(n), QUICK);
      const shape = where.locator('svg title').filter({ hasText: `${name}: ` });
      await expect(shape).toHaveText(
        n === 0 ? [] : [`${name}: ${count(n)} ${n === 1 ? 'view' : 'views'}`],
        QUICK,
      );
    }
  }).toPass();
}

/** The whole is looked at again where a part has not come yet. */
const QUICK = { timeout: 1000 };

function figure(page: Page, label: string): Locator {
  return page
    .locator('.rum-now dl div')
    .filter({ has: page.getByText(label, { exact: true }) })
    .locator('dd');
}

/** The network of a page with a stream is never idle. */
async function settledButStreaming(page: Page): Promise<void> {
  await expect(page.locator('.rum-admin[aria-busy], .rum-admin [aria-busy=true]')).toHaveCount(0);
  await expect(page.locator('.rum-now dd').first()).toHaveText(/\d/);
}
