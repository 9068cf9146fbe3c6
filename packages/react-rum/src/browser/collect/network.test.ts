// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { agentPage } from '../../testing/agentPage.js';
import { type FakeEntries, fakeEntries } from '../../testing/fakeEntries.js';
import { setPageVisible } from '../../testing/pageVisibility.js';

const pageFetch = window.fetch;
const page = agentPage();
let timeline: FakeEntries;

beforeEach(() => {
  timeline = fakeEntries('resource');
  window.fetch = () => Promise.resolve(new Response(null, { status: 201 }));
});
afterEach(() => {
  vi.useRealTimers();
  window.fetch = pageFetch;
});

/** What a browser tells of a request that takes 80 ms. */
function timingOf(path: string, rest: object = {}): Partial<PerformanceResourceTiming> {
  const startTime = performance.now();
  return {
    entryType: 'resource',
    name: new URL(path, location.href).href,
    initiatorType: 'fetch',
    startTime,
    duration: 80,
    redirectStart: 0,
    redirectEnd: 0,
    domainLookupStart: startTime + 1,
    domainLookupEnd: startTime + 4,
    connectStart: startTime + 4,
    secureConnectionStart: startTime + 8,
    connectEnd: startTime + 20,
    requestStart: startTime + 20,
    responseStart: startTime + 60.04,
    responseEnd: startTime + 80,
    transferSize: 1300,
    decodedBodySize: 4000,
    nextHopProtocol: 'h2',
    responseStatus: 200,
    ...rest,
  };
}
const resources = () => page.sent.events().filter((event) => event.type === 'resource');

test('a request is one event: what the page asked for, and what the browser timed', async () => {
  const { flush } = page.start();
  await fetch('/api/user/42?full=1', { method: 'POST' });
  timeline.add(timingOf('/api/user/42?full=1'));
  await flush();
  expect(resources()).toHaveLength(1);
  expect(resources()).toMatchObject([
    {
      name: '/api/user/:id',
      initiator: 'fetch',
      method: 'POST',
      status: 201,
      duration: 80,
      dns: 3,
      connect: 16,
      tls: 12,
      wait: 40,
      download: 20,
      transferSize: 1300,
      decodedSize: 4000,
      protocol: 'h2',
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
    },
  ]);
});

test('alike requests are told apart by when they began', async () => {
  const { flush } = page.start();
  await fetch('/api');
  timeline.add(timingOf('/api', { duration: 1 }));
  await fetch('/api');
  timeline.add(timingOf('/api', { duration: 2 }));
  await flush();
  expect(resources().map(({ duration, method }) => [duration, method])).toEqual([
    [1, 'GET'],
    [2, 'GET'],
  ]);
});

test('a request that the browser does not time is told of after a while, by what the page saw', async () => {
  const { flush } = page.start();
  await fetch('/api');
  await flush();
  expect(resources()).toEqual([]);
  const later = performance.now() + 3001;
  vi.spyOn(performance, 'now').mockReturnValue(later);
  await flush();
  expect(resources()).toMatchObject([{ name: '/api', status: 201, method: 'GET' }]);
});

test('and at once when the page may be going; one without an answer is not told', async () => {
  page.start();
  await fetch('/api');
  window.fetch('/hangs').catch(() => {});
  setPageVisible(false);
  expect(resources()).toMatchObject([{ name: '/api' }]);
});

test('the timing of a request that was told of already is not told of once more', async () => {
  const { flush } = page.start();
  await fetch('/api#top');
  setPageVisible(false);
  setPageVisible(true);
  expect(resources()).toHaveLength(1);
  timeline.add(timingOf('/api#top', { startTime: performance.now() }));
  await flush();
  expect(resources()).toHaveLength(1);
  await fetch('/api');
  timeline.add(timingOf('/api'));
  await flush();
  expect(resources()).toHaveLength(2);
});

test('files are told by the browser alone, the first hundred of a view; the others are counted', async () => {
  const { flush } = page.start();
  const load = (): void => {
    for (let index = 0; index < 2000; index++) {
      timeline.add(timingOf(`/img/${index}.png`, { initiatorType: 'img' }));
    }
  };
  load();
  await flush();
  expect(resources()).toHaveLength(100);
  expect(resources()[0]).toMatchObject({ name: '/img/0.png', initiator: 'img', status: 200 });
  expect(resources()[0]).not.toHaveProperty('method');
  expect(page.sent.views()).toMatchObject([{ counts: { resource: 2000 } }]);
  history.pushState(null, '', '/next');
  load();
  await flush();
  expect(resources()).toHaveLength(200);
});

test('files do not take the place of requests', async () => {
  const { flush } = page.start({ maxResources: 5 });
  for (let index = 0; index < 50; index++) timeline.add(timingOf(`/${index}.css`, { initiatorType: 'link' }));
  await fetch('/api');
  timeline.add(timingOf('/api'));
  await flush();
  expect(resources().map(({ name }) => name)).toEqual([
    '/0.css',
    '/1.css',
    '/2.css',
    '/3.css',
    '/4.css',
    '/api',
  ]);
});

test('a share of files may be recorded; requests all are', async () => {
  const draw = vi.spyOn(Math, 'random');
  const { flush } = page.start({ resourceSampleRate: 0.5 });
  draw.mockReturnValue(0.6);
  timeline.add(timingOf('/out.css', { initiatorType: 'link' }));
  await fetch('/api');
  timeline.add(timingOf('/api'));
  draw.mockReturnValue(0.4);
  timeline.add(timingOf('/in.css', { initiatorType: 'link' }));
  await flush();
  expect(resources().map(({ name }) => name)).toEqual(['/api', '/in.css']);
  expect(page.sent.views()).toMatchObject([{ counts: { resource: 3 } }]);
});

test("the agent's own requests are not told", async () => {
  const { flush } = page.start({ endpoint: '/metrics' });
  timeline.add(timingOf('/metrics/batch'));
  await flush();
  expect(resources()).toEqual([]);
});

test.each([
  ['from the cache', { transferSize: 0, decodedBodySize: 10 }, { cached: true }],
  ['from the cache, as the browser says', { deliveryType: 'cache', transferSize: 300 }, { cached: true }],
  ['that blocks rendering', { renderBlockingStatus: 'blocking' }, { renderBlocking: true }],
  ['that was redirected', { redirectStart: 5, redirectEnd: 17.26 }, { redirect: 12.3 }],
])('a file %s', async (_what, rest, expected) => {
  const { flush } = page.start();
  timeline.add(timingOf('/a.css', { initiatorType: 'link', ...rest }));
  await flush();
  expect(resources()).toMatchObject([expected]);
});

test('of another origin that says nothing of its times, what is known is told', async () => {
  const { flush } = page.start();
  const nothing = Object.fromEntries(
    Object.entries(timingOf('/')).map(([name, value]) => [name, typeof value === 'number' ? 0 : value]),
  );
  timeline.add({
    ...nothing,
    name: 'https://cdn.example/a.js',
    initiatorType: 'script',
    nextHopProtocol: '',
    startTime: performance.now(),
    duration: 12,
  });
  await flush();
  const [event] = resources();
  expect(event).toMatchObject({ name: 'https://cdn.example/a.js', initiator: 'script', duration: 12 });
  for (const name of ['dns', 'connect', 'tls', 'wait', 'download', 'protocol', 'cached']) {
    expect(event).not.toHaveProperty(name);
  }
});

test('turned off, requests are traced all the same', async () => {
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response()));
  window.fetch = fetched;
  const { flush } = page.start({ resources: false });
  await fetch('/api');
  timeline.add(timingOf('/api'));
  await flush();
  expect(resources()).toEqual([]);
  expect(new Headers(fetched.mock.lastCall?.[1]?.headers).has('traceparent')).toBe(true);
});
