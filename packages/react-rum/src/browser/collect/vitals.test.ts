// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MetricWithAttribution } from 'web-vitals/attribution';
import { type RecordedBatches, recordBatches } from '../../testing/recordedBatches.js';
import { type RumAgent, startRum } from '../index.js';

type Report = (metric: MetricWithAttribution) => void;

const library = vi.hoisted(() => new Map<string, (metric: never) => void>());
vi.mock('web-vitals/attribution', () => {
  const observe = (name: string) => (report: Report) => library.set(name, report);
  return {
    onCLS: observe('CLS'),
    onFCP: observe('FCP'),
    onINP: observe('INP'),
    onLCP: observe('LCP'),
    onTTFB: observe('TTFB'),
  };
});

let agent: RumAgent;
let sent: RecordedBatches;

beforeEach(() => {
  sent = recordBatches();
  history.replaceState(null, '', '/');
  agent = startRum({}, { fetch: sent.fetch });
});
afterEach(() => agent.stop());

/** As `web-vitals` would report it; only what the agent reads. */
function report(
  name: MetricWithAttribution['name'],
  value: number,
  attribution: object = {},
  rest: object = { entries: [{}] },
): void {
  const metric = { name, value, attribution, navigationStartTime: 0, ...rest };
  (library.get(name) as Report)(metric as unknown as MetricWithAttribution);
}

test("values are the library's, unrounded, and the last one counts", async () => {
  report('LCP', 800.25);
  report('LCP', 1234.5678901234);
  report('CLS', 0.10000000149011612);
  report('INP', 56);
  report('FCP', 640.1);
  report('TTFB', 120.30000000074506);
  await agent.flush();
  const { lcp, cls, inp, fcp, ttfb } = sent.views()[0]?.vitals ?? {};
  expect([lcp?.value, cls?.value, inp?.value, fcp?.value, ttfb?.value]).toEqual([
    1234.5678901234, 0.10000000149011612, 56, 640.1, 120.30000000074506,
  ]);
});

test("vitals are the document's: they stay with its view after the visitor went on", async () => {
  const load = agent.viewId();
  history.pushState(null, '', '/cart');
  await agent.flush();
  report('INP', 80);
  await agent.flush();
  expect(sent.batches[1]?.views).toMatchObject([
    { id: load, revision: 2, path: '/', vitals: { inp: { value: 80 } } },
  ]);
  expect(sent.views()[1]?.vitals).toEqual({});
});

test('after a return from the back/forward cache they belong to the restored view', async () => {
  const shown = Object.assign(new Event('pageshow'), { persisted: true });
  window.dispatchEvent(shown);
  report('LCP', 30, {}, { entries: [], navigationStartTime: shown.timeStamp });
  report('CLS', 0.01);
  await agent.flush();
  expect(sent.views().map(({ navigationType, vitals }) => [navigationType, Object.keys(vitals)])).toEqual([
    ['navigate', ['cls']],
    ['back-forward-cache', ['lcp']],
  ]);
});

test('a vital that nothing explains is its value alone', async () => {
  report('CLS', 0);
  await agent.flush();
  expect(sent.views()[0]?.vitals).toEqual({ cls: { value: 0 } });
});

test('an INP that nobody measured is left out', async () => {
  report('INP', 8, {}, { entries: [] });
  await agent.flush();
  expect(sent.views()[0]?.vitals).toEqual({});
});

test('attribution is flat, without points in time, queries and embedded images', async () => {
  report('LCP', 1200, {
    target: '#hero>img',
    url: 'https://cdn.example/hero.jpg?token=private#x',
    timeToFirstByte: 100,
    resourceLoadDelay: 200,
    resourceLoadDuration: 300,
    elementRenderDelay: 600,
    navigationEntry: {},
    lcpEntry: {},
  });
  report('INP', 64, {
    interactionTarget: '#buy',
    interactionType: 'pointer',
    interactionTime: 5000,
    inputDelay: 4,
    processingDuration: 40,
    presentationDelay: 20,
    processedEventEntries: [],
  });
  report('CLS', 0.2, { largestShiftTarget: '#banner', largestShiftValue: 0.2, largestShiftTime: 10 });
  await agent.flush();
  const { lcp, inp, cls } = sent.views()[0]?.vitals ?? {};
  expect(lcp?.attribution).toEqual({
    element: '#hero>img',
    url: 'https://cdn.example/hero.jpg',
    timeToFirstByte: 100,
    resourceLoadDelay: 200,
    resourceLoadDuration: 300,
    elementRenderDelay: 600,
  });
  expect(inp?.attribution).toEqual({
    target: '#buy',
    type: 'pointer',
    inputDelay: 4,
    processingDuration: 40,
    presentationDelay: 20,
  });
  expect(cls?.attribution).toEqual({ target: '#banner', largestShiftValue: 0.2 });

  report('LCP', 1300, { url: 'data:image/png;base64,AAAA' });
  await agent.flush();
  expect(sent.views()[0]?.vitals.lcp?.attribution).toEqual({ url: 'data:image/png;base64' });
});
