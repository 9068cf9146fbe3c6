import { expect, test } from './agentTest.js';
import type { Rum } from './page.js';

declare const rum: Rum;

test('frames that held the page up are told with their script, and add up on their view', async ({
  page,
  site,
}) => {
  const code = `window.work = function work() {
    const end = performance.now() + 150;
    while (performance.now() < end) document.body.offsetHeight;
  };
  setTimeout(function later() { work(); });`;
  await page.goto(
    site.page(
      '/',
      `<script src="/slow?type=text/javascript&body=${encodeURIComponent(code)}&token=private"></script>`,
    ),
  );
  await expect.poll(() => site.collector.events('longtask').length).toBeGreaterThan(0);
  const event = site.collector.events('longtask').find(({ name }) => name === '/slow');
  expect(event).toMatchObject({
    invoker: expect.stringContaining('setTimeout'),
    function: expect.any(String),
  });
  expect(event?.duration).toBeGreaterThanOrEqual(150);
  expect(event?.blockingDuration).toBeGreaterThanOrEqual(90);
  expect(event?.scriptDuration).toBeGreaterThanOrEqual(145);
  await expect
    .poll(() => {
      const sum = site.collector
        .events('longtask')
        .reduce((total, { blockingDuration = 0 }) => total + blockingDuration, 0);
      return Math.abs(sum - (site.collector.views()[0]?.blockedTime ?? 0));
    })
    .toBeLessThan(0.01);
});

test('a frame is told on the view in which it was', async ({ page, site }) => {
  await page.goto(site.page('/', ''));
  await page.evaluate(() => {
    history.pushState(null, '', '/next');
    setTimeout(() => {
      const end = performance.now() + 120;
      while (performance.now() < end);
    });
  });
  await expect
    .poll(() => site.collector.views().find(({ path }) => path === '/next')?.blockedTime)
    .toBeGreaterThan(50);
});

test('turned off, none are told', async ({ page, site }) => {
  await page.goto(site.page('/', '', { agent: 'data-long-tasks="false"' }));
  await page.evaluate(() => {
    const end = performance.now() + 120;
    while (performance.now() < end);
    rum.track('done');
  });
  await expect.poll(() => site.collector.events('custom').length).toBe(1);
  expect(site.collector.events('longtask')).toEqual([]);
});
