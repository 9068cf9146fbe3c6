// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import type { MetricType } from 'web-vitals';
import { agentPage } from '../../testing/agentPage.js';
import { type RumAgent, setConsent } from '../index.js';

const library = vi.hoisted(() => new Map<string, ((metric: MetricType) => void)[]>());
vi.mock('web-vitals', () => {
  const observe = (name: string) => (report: (metric: MetricType) => void) =>
    library.set(name, [...(library.get(name) ?? []), report]);
  return {
    onCLS: observe('CLS'),
    onFCP: observe('FCP'),
    onLCP: observe('LCP'),
    onTTFB: observe('TTFB'),
  };
});

const page = agentPage();
let agent: RumAgent;

beforeEach(() => {
  library.clear();
  agent = page.start();
});

/** As `web-vitals` would report it; only what the agent reads. */
function report(name: MetricType['name'], value: number, rest: object = {}): void {
  const metric = { name, value, navigationStartTime: 0, entries: [], ...rest };
  for (const told of library.get(name) ?? []) told(metric as unknown as MetricType);
}

test("values are the library's, unrounded, and the last one counts", async () => {
  report('LCP', 800.25);
  report('LCP', 1234.5678901234);
  report('CLS', 0.10000000149011612);
  report('FCP', 640.1);
  report('TTFB', 120.30000000074506);
  await agent.flush();
  const { lcp, cls, fcp, ttfb } = page.sent.views()[0]?.vitals ?? {};
  expect([lcp?.value, cls?.value, fcp?.value, ttfb?.value]).toEqual([
    1234.5678901234, 0.10000000149011612, 640.1, 120.30000000074506,
  ]);
});

test("vitals are the document's: they stay with its view after the visitor went on", async () => {
  const load = agent.viewId();
  history.pushState(null, '', '/cart');
  await agent.flush();
  report('LCP', 80);
  await agent.flush();
  expect(page.sent.batches[1]?.views).toMatchObject([
    { id: load, revision: 2, path: '/', vitals: { lcp: { value: 80 } } },
  ]);
  expect(page.sent.views()[1]?.vitals).toEqual({});
});

test("a soft navigation's are its route's, though the router writes its path a little later", async () => {
  const startTime = performance.now() - 50;
  history.pushState(null, '', '/cart');
  const soft = { navigationType: 'soft-navigation', navigationURL: `${location.origin}/cart?step=1` };
  report('LCP', 90, { ...soft, navigationStartTime: startTime });
  report('CLS', 0.1);
  await agent.flush();
  expect(page.sent.views().map(({ path, vitals }) => [path, Object.keys(vitals)])).toEqual([
    ['/', ['cls']],
    ['/cart', ['lcp']],
  ]);
});

test('a soft navigation that began no view, as one of the query alone, has none to put them on', async () => {
  const soft = { navigationType: 'soft-navigation', navigationURL: `${location.origin}/elsewhere` };
  report('LCP', 90, { ...soft, navigationStartTime: performance.now() });
  await agent.flush();
  expect(page.sent.views().map(({ vitals }) => vitals)).toEqual([{}]);
});

test('after a return from the back/forward cache they belong to the restored view', async () => {
  const shown = Object.assign(new Event('pageshow'), { persisted: true });
  window.dispatchEvent(shown);
  report('LCP', 30, { navigationStartTime: shown.timeStamp, navigationType: 'back-forward-cache' });
  report('CLS', 0.01);
  await agent.flush();
  expect(
    page.sent.views().map(({ navigationType, vitals }) => [navigationType, Object.keys(vitals)]),
  ).toEqual([
    ['navigate', ['cls']],
    ['back-forward-cache', ['lcp']],
  ]);
});

test('a vital that nothing explains is its value alone', async () => {
  report('CLS', 0);
  await agent.flush();
  expect(page.sent.views()[0]?.vitals).toEqual({ cls: { value: 0, attribution: {} } });
});

test('nothing is taken once the agent has ended, and after it starts again not twice', async () => {
  setConsent('denied');
  report('LCP', 10);
  setConsent('granted');
  await agent.flush();
  expect(page.sent.views()[0]?.vitals).toEqual({});
  report('LCP', 20);
  await agent.flush();
  expect(page.sent.views()[0]).toMatchObject({ revision: 2, vitals: { lcp: { value: 20 } } });
});

test('a metric that cannot be explained disturbs nobody', () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  expect(() => report('LCP', 10, { entries: null })).not.toThrow();
});
