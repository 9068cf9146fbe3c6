import { expect, test, turnAway } from './agentTest.js';
import type { Rum } from './page.js';

declare const rum: Rum;

/** Does what pages do, and says how it went. */
const USE = `<button onclick="history.pushState(null, '', '/clicked')">go</button><script>
  async function use() {
    history.pushState({ step: 1 }, '', '/pushed');
    history.replaceState({ step: 2 }, '', '/replaced');
    const response = await fetch('/json', { headers: { accept: 'application/json' } });
    const status = await new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open('POST', '/json');
      request.setRequestHeader('accept', 'application/json');
      request.onloadend = () => resolve(request.status);
      request.send('x');
    });
    console.error('seen');
    rum.track('used', { list: [1, 2, { a: [] }] });
    return [location.pathname, history.state.step, response.status, status];
  }
</script>`;
const WORKS = ['/replaced', 2, 200, 200];

declare global {
  function use(): Promise<unknown[]>;
}

/** What a page did before the agent came, and what of the agent's work is left. */
const PAGES: readonly { what: string; script: string; arrives?: boolean }[] = [
  {
    what: 'whose fetch is frozen',
    script: `Object.defineProperty(window, 'fetch', { value: fetch, writable: false })`,
  },
  {
    what: 'whose history is frozen',
    script: `Object.freeze(history); for (const name of ['pushState', 'replaceState'])
      Object.defineProperty(History.prototype, name, { writable: false });`,
  },
  { what: 'whose XMLHttpRequest is frozen', script: 'Object.freeze(XMLHttpRequest.prototype)' },
  { what: 'whose console is frozen', script: 'Object.freeze(console)' },
  {
    what: 'that wraps fetch, history and the console itself',
    script: `const { fetch: theirs } = window; window.fetch = function (...args) { return theirs.apply(this, args); };
      const { pushState } = history; history.pushState = function (...args) { return pushState.apply(this, args); };
      const { error } = console; console.error = (...args) => error.apply(console, args);`,
  },
  {
    what: 'whose JSON.stringify throws',
    script: `JSON.stringify = () => { throw new Error('patched'); }`,
    arrives: false,
  },
  { what: 'whose JSON.stringify returns nothing', script: 'JSON.stringify = () => {}', arrives: false },
  {
    what: 'whose arrays and texts turn themselves into JSON, as those of Prototype.js',
    script: `Array.prototype.toJSON = function () { return [...this]; }; String.prototype.toJSON = function () { return String(this); };`,
  },
  {
    what: 'that adds to the prototypes of arrays and objects',
    script: `Array.prototype.last = function () { return this[this.length - 1]; };
      Object.prototype.extended = function () {}; Object.prototype.undef = undefined;`,
  },
  { what: 'without PerformanceObserver', script: 'delete window.PerformanceObserver' },
  {
    what: 'without ReportingObserver and CompressionStream',
    script: 'delete window.ReportingObserver; delete window.CompressionStream',
  },
  { what: 'that listens to nothing', script: `EventTarget.prototype.addEventListener = () => {}` },
  { what: 'whose clock stands still', script: 'const now = Date.now(); Date.now = () => now;' },
  {
    what: 'whose clock jumps',
    script: 'const real = Date.now; let calls = 0; Date.now = () => real() + (calls++ % 2 ? 864e5 : -864e5);',
  },
  {
    what: 'whose matchMedia and navigator throw',
    script: `window.matchMedia = () => { throw new Error('patched'); }`,
    arrives: false,
  },
];

for (const { what, script, arrives = true } of PAGES) {
  test(`a page ${what} works on`, async ({ page, site }) => {
    await page.goto(site.page('/', USE, { head: `<script>${script}</script>` }));
    expect(await page.evaluate(() => use())).toEqual(WORKS);
    await page.getByRole('button').click();
    if (arrives) {
      await expect.poll(() => site.collector.events('custom').map(({ name }) => name)).toContain('used');
      await expect.poll(() => site.collector.views().length).toBeGreaterThan(0);
    }
    await page.evaluate(() => location.assign('/next'));
    await page.waitForURL('**/next');
  });
}

for (const order of ['before', 'after'] as const) {
  test(`Zone.js ${order} the agent changes nothing for either`, async ({ page, site }) => {
    const [, path] = import.meta.resolve('zone.js').split('/node_modules/');
    const zone = `<script src="/node_modules/${path}"></script>`;
    await page.goto(
      site.page('/', order === 'after' ? zone + USE : USE, { head: order === 'before' ? zone : '' }),
    );
    expect(await page.evaluate(() => 'Zone' in window)).toBe(true);
    expect(await page.evaluate(() => use())).toEqual(WORKS);
    await page.evaluate(() => {
      Promise.reject(new Error('left alone')).catch(() => {});
      setTimeout(() => rum.track('in a zone'));
    });
    await expect
      .poll(() => site.collector.events('custom').map(({ name }) => name))
      .toEqual(['used', 'in a zone']);
    await expect
      .poll(() =>
        site.collector
          .events('resource')
          .filter(({ name }) => name === '/json')
          .map(({ method, status }) => [method, status])
          .sort(),
      )
      .toEqual([
        ['GET', 200],
        ['POST', 200],
      ]);
  });
}

test('a second agent in the page is the first one', async ({ page, site }) => {
  await page.goto(
    site.page('/', `<script src="/agent.js?2" data-endpoint="/rum" data-app="second"></script>${USE}`, {
      agent: 'data-app="first"',
    }),
  );
  expect(await page.evaluate(() => use())).toEqual(WORKS);
  await expect.poll(() => site.collector.events('custom').length).toBe(1);
  await turnAway(page);
  await expect
    .poll(() => site.collector.views().find(({ path }) => path === '/replaced')?.duration)
    .toBeGreaterThan(0);
  expect(new Set(site.collector.batches.map(({ app }) => app))).toEqual(new Set(['first']));
  expect(site.collector.views().map(({ path }) => path)).toEqual(['/', '/pushed', '/replaced']);
  expect(site.collector.events('error')).toHaveLength(1);
});

test('frames of another origin and of this one have agents of their own', async ({ page, site }) => {
  site.page('/frame', `<script>rum.track('in a frame')</script>`, { agent: 'data-app="frame"' });
  await page.goto(
    site.page(
      '/',
      `<iframe src="/frame"></iframe><iframe src="${site.other}/frame"></iframe><iframe srcdoc="<p>text</p>"></iframe><script>rum.track('on the page')</script>`,
      {
        agent: 'data-app="page"',
      },
    ),
  );
  await expect
    .poll(() =>
      site.collector.batches
        .flatMap(({ app, events }) =>
          events.flatMap((event) => (event.type === 'custom' ? [[app, event.name]] : [])),
        )
        .sort(),
    )
    .toEqual([
      ['frame', 'in a frame'],
      ['frame', 'in a frame'],
      ['page', 'on the page'],
    ]);
});

test('properties that cannot be read, that contain themselves or that are huge are lost by count', async ({
  page,
  site,
}) => {
  await page.goto(site.page('/', ''));
  await page.evaluate(() => {
    const cycle: { self?: object } = {};
    cycle.self = cycle;
    const hostile: unknown[] = [
      {
        get sku() {
          throw new Error('no');
        },
      },
      {
        toJSON() {
          throw new Error('no');
        },
      },
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('no');
          },
        },
      ),
      cycle,
      { id: 10n },
      { text: 'x'.repeat(1_000_000) },
      { list: Array.from({ length: 100_000 }, (_, index) => index) },
    ];
    for (const properties of hostile) {
      rum.track('hostile', properties as never);
      rum.trackTiming({ name: 'hostile', duration: 1, properties: properties as never });
    }
    for (const properties of hostile.slice(0, 5)) rum.setViewContext(properties as never);
    rum.reportError(hostile[2]);
    rum.track({
      toString() {
        throw new Error('no');
      },
    } as never);
    rum.track('fine');
  });
  await expect.poll(() => site.collector.events('custom').map(({ name }) => name)).toEqual(['fine']);
  const lost = () =>
    Object.fromEntries(site.collector.events('loss').map(({ reason, count }) => [reason, count]));
  await expect.poll(lost).toEqual({ serialize: 16, too_large: 4 });
});

test('100,000 clicks of a script cost the page no more than a moment', async ({ page, site }) => {
  await page.goto(site.page('/', '<button>Buy</button>'));
  await page.evaluate(() => {
    const button = document.querySelector('button');
    for (let index = 0; index < 100_000; index += 1)
      button?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    rum.track('done');
  });
  await expect.poll(() => site.collector.events('custom').length).toBe(1);
  expect(site.collector.events('action')).toEqual([]);
});

test('a collector that is not there changes nothing for the page', async ({ page, site, pageErrors }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()} ${message.text()}`));
  await page.goto(
    site
      .page('/', USE, { agent: 'data-endpoint="http://127.0.0.1:9/rum"' })
      .replace('data-endpoint="/rum"', ''),
  );
  expect(await page.evaluate(() => use())).toEqual(WORKS);
  await turnAway(page);
  await page.bringToFront();
  expect(pageErrors).toEqual([]);
  expect(said.filter((line) => line.includes('RUM'))).toEqual([]);
});

test('a script queue of nonsense does not keep the page from working', async ({ page, site }) => {
  await page.goto(
    site.page('/', USE, {
      head: `<script>window.rum = { q: [['nothing'], ['constructor'], ['__proto__', 1], ['track'], ['track', 'kept']] }</script>`,
    }),
  );
  expect(await page.evaluate(() => use())).toEqual(WORKS);
  await expect.poll(() => site.collector.events('custom').map(({ name }) => name)).toContain('kept');
});
