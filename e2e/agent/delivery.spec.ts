import { expect, test, turnAway } from './agentTest.js';
import type { Rum } from './page.js';
import type { Site } from './site.js';

declare const rum: Rum;

/** A page that sends only when it is asked to, or goes. */
const SELDOM = { agent: 'data-flush-interval="600000"' };
const names = (site: Site) => site.collector.events('custom').map(({ name }) => name);
const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `event ${index}`);

/** Tells the application's events, each so many characters long. */
function tell([count, length]: readonly [count: number, length: number]): void {
  for (let index = 0; index < count; index += 1) rum.track(`event ${index}`, { text: 'x'.repeat(length) });
}

test('bodies are compressed while the page lives', async ({ page, site }) => {
  await page.goto(site.page('/', ''));
  await page.evaluate(tell, [40, 500] as const);
  await expect.poll(() => names(site)).toEqual(numbered(40));
  const batch = site.collector.batches.findIndex(({ events }) => events.length > 30);
  expect(site.collector.sizes[batch]).toBeLessThan(5000);
});

for (const failure of [503, 'reset'] as const) {
  test(`what a collector does not take (${failure}) comes once it does, each once`, async ({
    page,
    site,
    pageErrors,
  }) => {
    site.collector.answer = failure;
    await page.goto(site.page('/', ''));
    await page.evaluate(tell, [60, 100] as const);
    await expect.poll(() => site.collector.received).toBeGreaterThan(0);
    site.collector.answer = 202;
    await page.evaluate(() => rum.track('later'));
    await expect.poll(() => names(site).sort()).toEqual([...numbered(60), 'later'].sort());
    const ids = site.collector.batches.flatMap(({ events }) => events.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(site.collector.events('loss')).toEqual([]);
    expect(pageErrors).toEqual([]);
  });
}

test('a collector that never answers holds up neither the page nor what it holds', async ({ page, site }) => {
  site.collector.answer = 'hang';
  await page.goto(site.page('/', ''));
  await page.evaluate(tell, [3000, 1000] as const);
  await expect.poll(() => site.collector.received).toBeGreaterThan(0);
  await page.evaluate(tell, [2000, 1000] as const);
  expect(await page.evaluate(() => fetch('/json').then(({ status }) => status))).toBe(200);

  // As the page goes, all of it is handed over; by then the collector is back.
  site.collector.answer = 202;
  await turnAway(page);
  const lost = () => site.collector.events('loss').reduce((sum, { count }) => sum + count, 0);
  await expect.poll(() => lost()).toBeGreaterThan(3000);
  const bytes = site.collector.events('custom').reduce((sum, event) => sum + JSON.stringify(event).length, 0);
  expect(bytes).toBeLessThanOrEqual(1024 * 1024);
});

test('a page that is left hands over 200 KB', async ({ page, site }) => {
  const next = site.page('/next', '', { agent: null });
  await page.goto(site.page('/', '', SELDOM));
  await page.evaluate((url) => {
    // In the task in which it goes, so that nothing is sent before.
    addEventListener(
      'pagehide',
      () => {
        for (let index = 0; index < 190; index += 1) rum.track(`last ${index}`, { text: 'x'.repeat(1000) });
      },
      true,
    );
    location.assign(url);
  }, next);
  await page.waitForURL('**/next');
  await expect.poll(() => names(site).length).toBe(190);
});

test('a tab that is closed hands over what it holds, and its view with how long it was open', async ({
  page,
  site,
}) => {
  const url = site.page('/', '', SELDOM);
  const closing = await page.context().newPage();
  await closing.goto(url);
  await closing.evaluate(tell, [20, 100] as const);
  await closing.close({ runBeforeUnload: true });
  await expect.poll(() => names(site)).toEqual(numbered(20));
  await expect.poll(() => site.collector.views()[0]?.duration).toBeGreaterThan(0);
});

test('a page that is hidden is sent; once it is seen again it goes on', async ({ page, site }) => {
  await page.goto(site.page('/', '', SELDOM));
  await page.evaluate(tell, [5, 10] as const);
  await turnAway(page);
  await expect.poll(() => names(site)).toEqual(numbered(5));
  await page.bringToFront();
  await page.evaluate(() => rum.track('back'));
  await turnAway(page);
  await expect.poll(() => names(site)).toEqual([...numbered(5), 'back']);
});

test('a browser that is offline keeps it until it is back', async ({ page, site }) => {
  await page.goto(site.page('/', ''));
  await expect.poll(() => site.collector.views().length).toBe(1);
  const session = await page.context().newCDPSession(page);
  const connect = (offline: boolean) =>
    session.send('Network.emulateNetworkConditions', {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
  await connect(true);
  await page.evaluate(tell, [10, 10] as const);
  await page.waitForTimeout(600);
  expect(names(site)).toEqual([]);
  await connect(false);
  await expect.poll(() => names(site)).toEqual(numbered(10));
});
