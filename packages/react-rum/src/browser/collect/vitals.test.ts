// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { agentPage } from '../../testing/agentPage.js';
import { type FakeEntries, fakeEntries } from '../../testing/fakeEntries.js';
import { type RumAgent, setConsent } from '../index.js';

const page = agentPage();
let agent: RumAgent;
let timeline: FakeEntries;

beforeEach(() => {
  timeline = fakeEntries(
    ...['paint', 'largest-contentful-paint', 'layout-shift', 'soft-navigation'],
    'interaction-contentful-paint',
  );
  agent = page.start();
});

const entry = (entryType: string, startTime: number, rest: object = {}) => ({
  entryType,
  startTime,
  duration: 0,
  ...rest,
});
const fcp = (startTime: number) => entry('paint', startTime, { name: 'first-contentful-paint' });
const lcp = (startTime: number) => entry('largest-contentful-paint', startTime);
const shift = (startTime: number, value: number) => entry('layout-shift', startTime, { value, sources: [] });
const soft = (startTime: number, path: string) =>
  entry('soft-navigation', startTime, { name: location.origin + path, paintTime: startTime + 40 });

test("values are the browser's, unrounded, and the last one counts", async () => {
  await timeline.add(lcp(800.25));
  await timeline.add(lcp(1234.5678901234));
  await timeline.add(shift(900, 0.10000000149011612));
  await timeline.add(fcp(640.1));
  await agent.flush();
  const { lcp: largest, cls, fcp: first } = page.sent.views()[0]?.vitals ?? {};
  expect([largest?.value, cls?.value, first?.value]).toEqual([1234.5678901234, 0.10000000149011612, 640.1]);
});

test("vitals are the document's: they stay with its view after the visitor went on", async () => {
  const load = agent.viewId();
  history.pushState(null, '', '/cart');
  await agent.flush();
  await timeline.add(lcp(80));
  await agent.flush();
  expect(page.sent.batches[1]?.views).toMatchObject([
    { id: load, revision: 2, path: '/', vitals: { lcp: { value: 80 } } },
  ]);
  expect(page.sent.views()[1]?.vitals).toEqual({});
});

test("a soft navigation's are its route's, though the router writes its path a little later", async () => {
  const startTime = performance.now() - 50;
  history.pushState(null, '', '/cart');
  await timeline.add(soft(startTime, '/cart?step=1'));
  await agent.flush();
  expect(page.sent.views().map(({ path, vitals }) => [path, Object.keys(vitals)])).toEqual([
    ['/', []],
    ['/cart', ['fcp']],
  ]);
});

test('a soft navigation that began no view, as one of the query alone, has none to put them on', async () => {
  await timeline.add(soft(performance.now(), '/elsewhere'));
  await agent.flush();
  expect(page.sent.views().map(({ vitals }) => vitals)).toEqual([{}]);
});

test('after a return from the back/forward cache they belong to the restored view', async () => {
  await timeline.add(fcp(300));
  const shown = Object.assign(new Event('pageshow'), { persisted: true });
  window.dispatchEvent(shown);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await agent.flush();
  expect(
    page.sent.views().map(({ navigationType, vitals }) => [navigationType, Object.keys(vitals)]),
  ).toEqual([
    ['navigate', ['fcp', 'cls']],
    ['back-forward-cache', ['fcp', 'lcp', 'cls']],
  ]);
});

test('a vital that nothing explains is its value alone', async () => {
  await timeline.add(fcp(300));
  await agent.flush();
  expect(page.sent.views()[0]?.vitals.cls).toEqual({ value: 0, attribution: {} });
});

test('nothing is taken once the agent has ended, and after it starts again not twice', async () => {
  setConsent('denied');
  await timeline.add(lcp(10));
  setConsent('granted');
  await agent.flush();
  expect(page.sent.views()[0]?.vitals).toEqual({});
  await timeline.add(lcp(20));
  await agent.flush();
  expect(page.sent.views()[0]).toMatchObject({ revision: 2, vitals: { lcp: { value: 20 } } });
});

test('a metric that cannot be explained disturbs neither the page nor the others', async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  await timeline.add(fcp(300), { ...shift(310, 0.1), sources: null });
  await timeline.add(lcp(320));
  await agent.flush();
  expect(Object.keys(page.sent.views()[0]?.vitals ?? {})).toEqual(['fcp', 'lcp']);
});
