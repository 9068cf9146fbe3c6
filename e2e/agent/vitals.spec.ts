import type { Page } from '@playwright/test';
import type { ViewDocument } from '@rumkit/react-rum/protocol';
import { expect, test, turnAway } from './agentTest.js';
import { REFERENCE, type Reference, reference } from './reference.js';
import type { Site } from './site.js';

/** What the agent calls otherwise than the library. */
const NAMES: Readonly<Record<string, string>> = {
  'lcp.target': 'element',
  'cls.largestShiftTarget': 'target',
  'inp.interactionTarget': 'target',
};
/** What the library says besides, or in another form. */
const NOT_TOLD =
  /^(lcp\.(url|lcpEntry)|cls\.(largestShiftTime|loadState)|fcp\.\w+|inp\.(interactionType|interactionTime|nextPaintTime|loadState|total\w+))$/;

/**
 * Values are equal to the last bit, parts within a millisecond, names to the letter. The first paint of a page from the
 * back/forward cache has no entry and so no parts.
 */
function expectSame(
  vitals: ViewDocument['vitals'] | undefined,
  expected: Reference,
  isRestored: boolean,
): void {
  expect(Object.keys(vitals ?? {}).sort()).toEqual(Object.keys(expected).sort());
  for (const [metric, { value, attribution } = { value: 0, attribution: {} }] of Object.entries(expected)) {
    const told = vitals?.[metric as keyof typeof vitals];
    expect([metric, told?.value]).toEqual([metric, value]);
    for (const [name, part] of Object.entries(attribution)) {
      if (NOT_TOLD.test(`${metric}.${name}`) || (isRestored && metric === 'lcp')) continue;
      const ours = told?.attribution?.[NAMES[`${metric}.${name}`] ?? name];
      if (typeof part === 'number') {
        expect([`${metric}.${name}`, Math.abs(Number(ours ?? 0) - part) <= 1, ours, part]).toEqual([
          `${metric}.${name}`,
          true,
          ours,
          part,
        ]);
      } else {
        expect([`${metric}.${name}`, ours]).toEqual([`${metric}.${name}`, part]);
      }
    }
  }
}

/** Waits until what the collector has of a view is what the library says of it. */
async function expectReference(page: Page, site: Site, key: string, index: number): Promise<void> {
  await expect(async () => {
    const expected = await reference(page, key);
    expect(Object.keys(expected).length).toBeGreaterThan(0);
    expectSame(site.collector.views()[index]?.vitals, expected, key.startsWith('back-forward-cache'));
  }).toPass();
}

const BUSY = `<script>
  function busy(ms) { const end = performance.now() + ms; while (performance.now() < end); }
</script>`;

test('all five are those of the published library, and so are their parts', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `${BUSY}<p>A text that comes first</p>
      <div data-testid="room" style="height: 10px"></div>
      <img data-testid="hero" src="/image?ms=120&token=private" width="600" height="500">
      <button data-testid="buy" onclick="busy(120)">Buy</button>
      <input data-testid="search" onkeydown="busy(60)">
      <script>setTimeout(() => { document.querySelector('[data-testid=room]').style.height = '90px' }, 400)</script>`,
      { head: REFERENCE, headers: { 'server-timing': 'db;dur=53.2, cache;desc=hit' } },
    ),
  );
  await page.waitForFunction(
    () => (document.querySelector('[data-testid=room]') as HTMLElement).offsetHeight === 90,
  );
  await page.getByRole('button').click();
  await page.getByRole('textbox').press('a');
  await turnAway(page);
  await expectReference(page, site, 'navigate /', 0);

  const { lcp, inp, cls, ttfb } = site.collector.views()[0]?.vitals ?? {};
  expect(lcp?.attribution).toMatchObject({ element: '[data-testid="hero"]', url: '/image' });
  expect(lcp?.attribution?.resourceLoadDuration).toBeGreaterThan(100);
  expect(inp?.attribution).toMatchObject({
    target: '[data-testid="buy"]',
    event: expect.stringMatching(/^(pointer|click|mouse)/),
  });
  expect(inp?.attribution?.processingDuration).toBeGreaterThan(100);
  expect(cls?.attribution?.largestShiftValue).toBeGreaterThan(0);
  expect(ttfb?.attribution).toMatchObject({ 'server.db': 53.2, 'server.cache': 0 });
  const sum = (parts: Readonly<Record<string, string | number>> = {}, names: string[]): number =>
    names.reduce((total, name) => total + Number(parts[name]), 0);
  expect(
    sum(lcp?.attribution, [
      'timeToFirstByte',
      'resourceLoadDelay',
      'resourceLoadDuration',
      'elementRenderDelay',
    ]),
  ).toBeCloseTo(lcp?.value ?? 0, 3);
  expect(sum(inp?.attribution, ['inputDelay', 'processingDuration', 'presentationDelay'])).toBeCloseTo(
    inp?.value ?? 0,
    3,
  );
  expect(
    sum(ttfb?.attribution, [
      'waitingDuration',
      'cacheDuration',
      'dnsDuration',
      'connectionDuration',
      'requestDuration',
    ]),
  ).toBeCloseTo(ttfb?.value ?? 0, 3);
});

test('an interaction names the script that held it up', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<button data-testid="buy">Buy</button><script src="/slow?type=text/javascript&body=${encodeURIComponent(
        `document.querySelector('button').addEventListener('click', function buyNow() { const end = performance.now() + 150; while (performance.now() < end); })`,
      )}"></script>`,
      { head: REFERENCE },
    ),
  );
  await page.getByRole('button').click();
  await turnAway(page);
  await expectReference(page, site, 'navigate /', 0);
  const { attribution } = site.collector.views()[0]?.vitals.inp ?? {};
  expect(attribution).toMatchObject({ script: '/slow', function: 'buyNow', invoker: 'BUTTON.onclick' });
  expect(attribution?.scriptDuration).toBeGreaterThan(140);
});

test('elements that are gone when they are told of are named all the same', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `${BUSY}<div id="room"></div><h1 data-testid="title" style="font-size: 90px">A large title</h1>
      <button data-testid="close" onclick="busy(80); this.remove()">Close</button>`,
      { head: REFERENCE },
    ),
  );
  await expect
    .poll(() => site.collector.views()[0]?.vitals.lcp?.attribution?.element)
    .toBe('[data-testid="title"]');
  await page.getByRole('button').click();
  await page.evaluate(() => {
    const room = document.querySelector('#room') as HTMLElement;
    room.style.height = '200px';
    return new Promise((resolve) =>
      requestAnimationFrame(() =>
        setTimeout(() => {
          document.querySelector('h1')?.remove();
          resolve(null);
        }),
      ),
    );
  });
  await turnAway(page);
  await expectReference(page, site, 'navigate /', 0);
});

test('the element of the largest shift is named, though it is gone when the next one comes', async ({
  page,
  site,
}) => {
  await page.goto(
    site.page(
      '/',
      `<div style="position: absolute; top: 0; left: 0; width: 600px">
        <div id="room"></div><div data-testid="moved" style="height: 300px">moved</div>
      </div>
      <div style="position: absolute; top: 0; left: 700px; width: 100px">
        <div id="more"></div><div data-testid="last" style="height: 20px">last</div>
      </div>`,
      { head: REFERENCE },
    ),
  );
  await expect.poll(() => site.collector.views()[0]?.vitals.fcp?.value).toBeGreaterThan(0);
  const grow = (id: string, height: number) =>
    page.evaluate(
      ([at, px]) => {
        (document.querySelector(`#${at}`) as HTMLElement).style.height = `${px}px`;
        return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
      },
      [id, height] as const,
    );
  await grow('room', 200);
  await expect
    .poll(() => site.collector.views()[0]?.vitals.cls?.attribution?.target)
    .toBe('[data-testid="moved"]');
  await page.evaluate(() => {
    (document.querySelector('[data-testid=moved]') as HTMLElement).replaceWith(
      Object.assign(document.createElement('div'), { style: 'height: 300px; margin: 16px 0' }),
    );
  });
  await grow('more', 20);
  await turnAway(page);
  await expectReference(page, site, 'navigate /', 0);
  expect(site.collector.views()[0]?.vitals.cls?.attribution?.target).toBe('[data-testid="moved"]');
});

/** Within a frame it is the same time for all: the agent and the library read the clock one after the other. */
const FRAME_CLOCK = `<script>
  {
    const { requestAnimationFrame } = window;
    const now = performance.now.bind(performance);
    let frame;
    performance.now = () => frame ?? now();
    window.requestAnimationFrame = (callback) => requestAnimationFrame((time) => {
      frame = time;
      try {
        callback(time);
      } finally {
        frame = undefined;
      }
    });
  }
</script>`;

test('a view from the back/forward cache has vitals of its own', async ({ page, site }) => {
  await page.goto(
    site.page('/', `${BUSY}<button data-testid="buy" onclick="busy(80)">Buy</button><a href="/next">go</a>`, {
      head: FRAME_CLOCK + REFERENCE,
    }),
  );
  site.page('/next', '');
  await page.getByRole('link').click();
  await page.waitForURL('**/next');
  await page.evaluate(() => history.back());
  await expect.poll(() => site.collector.views()[2]?.vitals.lcp?.value).toBeGreaterThan(0);
  await page.getByRole('button').click();
  await turnAway(page);
  await expectReference(page, site, 'back-forward-cache /', 2);
});

test('a soft navigation has vitals of its own, where the browser knows such', async ({ page, site }) => {
  await page.goto(
    site.page(
      '/',
      `<main data-testid="main">A page</main><button data-testid="go">go</button><script>
        document.querySelector('button').onclick = () => {
          history.pushState(null, '', '/next');
          document.querySelector('main').innerHTML = '<h1 data-testid="next" style="font-size: 80px">Next page</h1>';
        };
      </script>`,
      { head: REFERENCE },
    ),
  );
  const isKnown = await page.evaluate(() =>
    PerformanceObserver.supportedEntryTypes.includes('soft-navigation'),
  );
  await page.getByRole('button').click();
  await expect.poll(() => site.collector.views().length).toBe(2);
  expect(site.collector.views()[1]?.routeChangeTime ?? 0).toBeGreaterThanOrEqual(0);
  await turnAway(page);
  await expectReference(page, site, 'navigate /', 0);
  if (isKnown) await expectReference(page, site, 'soft-navigation /next', 1);
  else await expect.poll(() => site.collector.views()[1]?.vitals).toEqual({});
});
