import puppeteer from 'puppeteer-core';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { chromiumArguments } from '../browser.js';
import { expect, test, turnAway } from './agentTest.js';
import type { Rum } from './page.js';

declare const rum: Rum;

const LINK = '<a href="/next">go</a>';

test('a load tells where it came from: referrer, campaign, redirects', async ({ page, site }) => {
  const entry = site.page('/landing', '', { agent: null });
  site.page('/product', '<h1>Product</h1>');
  const target = `${site.origin}/redirect?to=${encodeURIComponent(
    '/product?utm_source=letter&utm_campaign=spring%20sale&token=private',
  )}`;
  await page.goto(entry.replace(site.origin, site.other));
  await page.evaluate((url) => location.assign(url), target);
  await expect
    .poll(() => site.collector.views())
    .toMatchObject([
      {
        path: '/product',
        route: '/product',
        router: 'none',
        navigationType: 'navigate',
        referrer: site.other,
        utm: { source: 'letter', campaign: 'spring sale' },
      },
    ]);
  expect(JSON.stringify(site.collector.batches)).not.toContain('private');
});

test('redirects within the origin are counted', async ({ page, site }) => {
  const first = site.page('/first', '<a href="/redirect?to=/redirect%3Fto%3D%2Fproduct">go</a>');
  site.page('/product', '');
  await page.goto(first);
  await page.getByRole('link').click();
  await expect
    .poll(() => site.collector.views().at(-1))
    .toMatchObject({ path: '/product', redirectCount: 2 });
});

test('navigations inside the page are views, each with its time', async ({ page, site }) => {
  await page.goto(site.page('/', '<h1>Shop</h1>'));
  await page.evaluate(() => {
    history.pushState(null, '', '/catalogue?page=1');
    history.replaceState(null, '', '/catalogue?page=2');
    location.hash = 'end';
  });
  await page.waitForFunction(() => location.hash === '#end');
  await page.evaluate(() => history.pushState(null, '', '/cart'));
  await page.evaluate(() => history.go(-2));
  await expect
    .poll(() => site.collector.views().map(({ path }) => path))
    .toEqual(['/', '/catalogue', '/cart', '/catalogue']);
  await expect
    .poll(() => site.collector.views().map((view) => typeof view.routeChangeTime))
    .toEqual(['undefined', 'number', 'number', 'number']);
  const views = site.collector.views();
  for (const [index, view] of views.entries()) {
    expect(view.previousViewId).toBe(views[index - 1]?.id);
    expect(view.navigationType).toBe(index ? 'client' : 'navigate');
  }
});

test('a reload and a way back by a new load are named', async ({ page, site }) => {
  // Unload handlers keep a page out of the back/forward cache.
  await page.goto(site.page('/', `${LINK}<script>addEventListener('unload', () => {})</script>`));
  site.page('/next', '');
  await page.reload();
  await page.getByRole('link').click();
  await page.waitForURL('**/next');
  await page.goBack();
  await expect
    .poll(() => site.collector.views().map(({ path, navigationType }) => [path, navigationType]))
    .toEqual([
      ['/', 'navigate'],
      ['/', 'reload'],
      ['/next', 'navigate'],
      ['/', expect.stringMatching(/^back-forward/)],
    ]);
});

test('a page that comes back from the back/forward cache goes on with a view of its own', async ({
  page,
  site,
}) => {
  await page.goto(site.page('/', LINK));
  site.page('/next', '');
  await page.getByRole('link').click();
  await page.waitForURL('**/next');
  await page.evaluate(() => history.back());
  await expect
    .poll(() => site.collector.views().map(({ path, navigationType }) => [path, navigationType]))
    .toEqual([
      ['/', 'navigate'],
      ['/next', 'navigate'],
      ['/', 'back-forward-cache'],
    ]);
  const [load, , restored] = site.collector.views();
  expect(restored?.previousViewId).toBe(load?.id);
  expect(restored?.startedAt).toBeGreaterThan((load?.startedAt ?? 0) + (load?.duration ?? 0) - 1);
  await page.evaluate(() => rum.track('back'));
  await expect
    .poll(() => site.collector.events('custom'))
    .toMatchObject([{ name: 'back', viewId: restored?.id }]);
});

test('a prerendered page begins when it is shown, and one that never is leaves no view', async ({ site }) => {
  const rules = { prerender: [{ urls: ['/next', '/never'], eagerness: 'immediate' }] };
  const url = site.page('/', `${LINK}<script type="speculationrules">${JSON.stringify(rules)}</script>`);
  site.page('/next', '<h1>Next</h1><img src="/image">');
  site.page('/never', '<img src="/image?never">');
  // Playwright's hold on a browser keeps it from prerendering.
  const browser = await puppeteer.launch({ executablePath: await findChromium(), args: chromiumArguments() });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await expect
      .poll(() => site.requests.filter(({ url: asked }) => asked.startsWith('/image')).length)
      .toBe(2);
    await expect.poll(() => site.collector.views().map(({ path }) => path)).toEqual(['/']);
    const before = Date.now();
    await page.click('a');
    await expect
      .poll(() => site.collector.views().map(({ path, navigationType }) => [path, navigationType]))
      .toEqual([
        ['/', 'navigate'],
        ['/next', 'prerender'],
      ]);
    const shown = site.collector.views()[1];
    expect(shown?.startedAt).toBeGreaterThanOrEqual(before - 1);
    expect(shown?.vitals.ttfb?.value).toBe(0);
    await expect.poll(() => site.collector.views()[1]?.loadingTime).toBeGreaterThanOrEqual(0);
  } finally {
    await browser.close();
  }
});

test('how long it was open, how long it was seen, how far down', async ({ page, site }) => {
  await page.goto(site.page('/', '<div style="height: 400vh">tall</div>'));
  await page.mouse.wheel(0, 900);
  await page.waitForFunction(() => scrollY > 800);
  const depth = await page.evaluate(() => (scrollY + innerHeight) / document.documentElement.scrollHeight);
  await page.mouse.wheel(0, -900);
  await page.waitForFunction(() => scrollY === 0);
  const other = await turnAway(page);
  await expect.poll(() => site.collector.views()[0]?.visibleDuration).toBeGreaterThan(0);
  const hidden = site.collector.views()[0];
  expect(hidden?.scrollDepth).toBeCloseTo(depth, 1);
  expect(hidden?.duration).toBe(hidden?.visibleDuration);

  await other.waitForTimeout(400);
  await page.bringToFront();
  await page.waitForFunction(() => !document.hidden);
  await turnAway(page);
  await expect.poll(() => site.collector.views()[0]?.duration).toBeGreaterThan((hidden?.duration ?? 0) + 400);
  const { duration = 0, visibleDuration = 0 } = site.collector.views()[0] ?? {};
  expect(duration - visibleDuration).toBeGreaterThanOrEqual(400);
  expect(visibleDuration).toBeGreaterThan(hidden?.visibleDuration ?? 0);
});

test('a view has loaded when requests and changes of the page have come to rest', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<ul></ul><script>
        fetch('/slow?ms=300').then(() => setTimeout(() => document.querySelector('ul').append('items'), 60));
      </script>`,
    ),
  );
  await expect.poll(() => site.collector.views()[0]?.loadingTime).toBeGreaterThanOrEqual(350);
  const { loadingTime } = site.collector.views()[0] ?? {};
  await page.evaluate(() => document.body.append('later'));
  await turnAway(page);
  await expect.poll(() => site.collector.views()[0]?.duration).toBeGreaterThan(0);
  expect(site.collector.views()[0]?.loadingTime).toBe(loadingTime);

  await page.bringToFront();
  await page.evaluate(async () => {
    history.pushState(null, '', '/next');
    await fetch('/slow?ms=200');
    document.body.append('next');
  });
  await expect.poll(() => site.collector.views()[1]?.loadingTime).toBeGreaterThanOrEqual(200);
});

test('what happened in a view is counted on it', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<img src="/image?1"><img src="/image?2"><script>
      rum.track('one'); rum.track('two'); console.error('trouble');
    </script>`,
    ),
  );
  await expect
    .poll(() => site.collector.views()[0]?.counts)
    // The images and the agent's own script.
    .toEqual({ custom: 2, error: 1, resource: 3 });
});
