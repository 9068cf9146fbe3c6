import { expect, test, turnAway } from './agentTest.js';
import type { Rum } from './page.js';

declare const rum: Rum;

test('what the application tells arrives as it was told', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<script>
        rum.setContext({ tenant: 'north' });
        rum.setViewContext({ category: 'lamps' });
        rum.track('add_to_cart', { sku: 'lamp', price: 49, tags: ['a', null, { deep: true }] });
        rum.trackTiming({ name: 'search_index', duration: 182.5, properties: { size: 3 } });
        rum.startTiming('checkout');
        setTimeout(() => rum.endTiming('checkout', { method: 'card' }), 60);
        rum.trackFlag('new_checkout', 'blue');
        rum.trackFlag('new_checkout', 'blue');
        performance.mark('hydrated');
        performance.mark('from'); performance.measure('search', { start: 10, end: 43.5 });
      </script>`,
    ),
  );
  await expect.poll(() => site.collector.events('timing').length).toBe(5);
  const [view] = site.collector.views();
  expect(view).toMatchObject({ attributes: { category: 'lamps' } });
  for (const batch of site.collector.batches) expect(batch.attributes).toEqual({ tenant: 'north' });
  expect(site.collector.events('custom')).toMatchObject([
    {
      name: 'add_to_cart',
      properties: { sku: 'lamp', price: 49, tags: ['a', null, { deep: true }] },
      viewId: view?.id,
    },
  ]);
  expect(site.collector.events('flag')).toMatchObject([{ name: 'new_checkout', variant: 'blue' }]);
  const timings = Object.fromEntries(site.collector.events('timing').map((event) => [event.name, event]));
  expect(timings).toMatchObject({
    search_index: { kind: 'custom', duration: 182.5, properties: { size: 3 } },
    checkout: { kind: 'custom', properties: { method: 'card' } },
    hydrated: { kind: 'mark' },
    search: { kind: 'measure', duration: 33.5 },
  });
  expect(timings.checkout?.duration).toBeGreaterThanOrEqual(59);
  expect(timings.hydrated?.duration).toBeGreaterThan(0);
});

test('calls before the script are kept, and those after it work', async ({ page, site }) => {
  await page.goto(
    site.page('/', `<script>rum.track('after')</script>`, {
      head: `<script>window.rum = { q: [['track', 'before', { step: 1 }], ['setContext', { tenant: 'south' }]] }</script>`,
    }),
  );
  await expect
    .poll(() => site.collector.events('custom').map(({ name }) => name))
    .toEqual(['before', 'after']);
  expect(site.collector.batches[0]).toMatchObject({ attributes: { tenant: 'south' } });
});

test('a script that comes late is told what happened before it', async ({ page, site }) => {
  await page.goto(
    site.page('/', `<img src="/image"><script>performance.mark('early')</script>`, { agent: 'defer' }),
  );
  await expect.poll(() => site.collector.events('timing').map(({ name }) => name)).toEqual(['early']);
  await expect.poll(() => site.collector.events('resource').map(({ name }) => name)).toContain('/image');
  await expect
    .poll(() => Object.keys(site.collector.views()[0]?.vitals ?? {}))
    .toEqual(expect.arrayContaining(['ttfb', 'fcp', 'lcp']));
});

test('facts of the environment go along', async ({ page, site }) => {
  await page.goto(site.page('/', ''));
  const facts = await page.evaluate(() => {
    const { connection, deviceMemory, hardwareConcurrency, language, webdriver } = navigator as Navigator & {
      connection?: { effectiveType?: string };
      deviceMemory?: number;
    };
    return {
      viewportWidth: innerWidth,
      viewportHeight: innerHeight,
      connection: connection?.effectiveType,
      language,
      automated: webdriver,
      deviceMemory,
      cores: hardwareConcurrency,
      reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
      darkMode: matchMedia('(prefers-color-scheme: dark)').matches,
    };
  });
  await expect.poll(() => site.collector.batches[0]?.context).toEqual(JSON.parse(JSON.stringify(facts)));
});

test('strict by default: nothing is stored, nobody is named, each page is a session', async ({
  page,
  site,
}) => {
  const url = site.page('/', `<script>rum.identify('customer-1842')</script>`);
  await page.goto(url);
  await page.goto(`${url}?2`);
  await expect.poll(() => new Set(site.collector.batches.map(({ sessionId }) => sessionId)).size).toBe(2);
  for (const batch of site.collector.batches) expect(batch).not.toHaveProperty('user');
  const kept = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    document.cookie,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
  ]);
  expect(kept).toEqual([0, 0, '', 0, 0]);
});

test('consent: nothing leaves before it is given, all of it after, and nothing once it is taken back', async ({
  page,
  site,
}) => {
  const url = site.page('/', `<button onclick="rum.track('clicked')">Buy</button>`, {
    agent: 'data-privacy="consent"',
  });
  await page.goto(url);
  await page.evaluate(() => {
    rum.identify('customer-1842', { plan: 'pro' });
    rum.track('before');
    return fetch('/json?before');
  });
  await turnAway(page);
  await page.bringToFront();
  await page.waitForTimeout(400);
  expect(site.collector.received).toBe(0);
  expect(site.requests.at(-1)?.headers).not.toHaveProperty('traceparent');
  expect(await page.evaluate(() => localStorage.length)).toBe(0);

  await page.evaluate(() => rum.setConsent('granted'));
  await expect.poll(() => site.collector.events('custom').map(({ name }) => name)).toEqual(['before']);
  expect(site.collector.batches[0]).toMatchObject({ user: { id: 'customer-1842', traits: { plan: 'pro' } } });
  const [batch] = site.collector.batches;

  // Another page of the same site: the application says again what was decided.
  const second = await page.context().newPage();
  await second.goto(url);
  await second.evaluate(() => rum.setConsent('granted'));
  await expect.poll(() => site.collector.views().length).toBe(2);
  expect(new Set(site.collector.batches.map(({ sessionId }) => sessionId))).toEqual(
    new Set([batch?.sessionId]),
  );

  await second.evaluate(() => {
    rum.track('thrown away');
    rum.setConsent('denied');
    rum.track('after');
    return fetch('/json?denied');
  });
  expect(await second.evaluate(() => localStorage.length)).toBe(0);
  expect(site.requests.at(-1)?.headers).not.toHaveProperty('traceparent');
  const { received } = site.collector;
  await second.getByRole('button').click();
  await second.close({ runBeforeUnload: true });
  await page.waitForTimeout(400);
  expect(site.collector.received).toBe(received);
  expect(site.collector.events('custom').map(({ name }) => name)).toEqual(['before']);
});

test('a visitor who wants no tracking is left alone', async ({ page, site }) => {
  await page.goto(
    site.page('/', `<script>rum.track('unseen'); fetch('/json')</script>`, {
      head: `<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })</script>`,
    }),
  );
  await page.waitForTimeout(500);
  await page.goto('about:blank');
  expect(site.collector.received).toBe(0);
  expect(site.requests.at(-1)?.headers).not.toHaveProperty('traceparent');
});

test('sessions that are not drawn send nothing, until one meets an error', async ({ page, site }) => {
  await page.goto(site.page('/', '', { agent: 'data-sample-rate="0"' }));
  await page.evaluate(() => {
    for (let index = 0; index < 5; index += 1) rum.track(`event ${index}`);
  });
  await page.waitForTimeout(400);
  expect(site.collector.received).toBe(0);
  await page.evaluate(() => rum.reportError(new Error('trouble')));
  await expect.poll(() => site.collector.events('custom').length).toBe(5);
  expect(site.collector.batches[0]).toMatchObject({ kept: true, sampleRate: 0 });
  expect(site.collector.events('error')).toMatchObject([{ message: 'trouble' }]);
});

test('events above the cap of a minute are counted', async ({ page, site }) => {
  await page.goto(site.page('/', '', { agent: 'data-max-per-minute="10"' }));
  await page.evaluate(() => {
    for (let index = 0; index < 100; index += 1) rum.track('event');
  });
  const lost = () =>
    site.collector
      .events('loss')
      .reduce((sum, { reason, count }) => sum + (reason === 'rate_limited' ? count : 0), 0);
  await expect.poll(() => site.collector.events('custom').length + lost()).toBe(100);
  expect(lost()).toBeGreaterThanOrEqual(80);
});

test('the console stays silent, unless it is asked to speak', async ({ page, site }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const url = site.page('/', `<script>rum.track('event')</script>`);
  await page.goto(url);
  await expect.poll(() => site.collector.events('custom').length).toBe(1);
  expect(said).toEqual([]);
  expect(site.requests.filter(({ url: asked }) => asked.includes('debug'))).toEqual([]);
  await page.goto(`${url}?rum_debug`);
  await expect.poll(() => said.join()).toContain('event');
});
