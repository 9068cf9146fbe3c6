// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { agentPage } from '../../testing/agentPage.js';
import { fakeEntries } from '../../testing/fakeEntries.js';

const page = agentPage();
const timings = () => page.sent.events().filter((event) => event.type === 'timing');

test('marks are told since the start of their view, measures by how long they took', async () => {
  const timeline = fakeEntries('mark', 'measure');
  const { flush } = page.start();
  timeline.add({ entryType: 'mark', name: 'hydrated', startTime: 420, duration: 0 });
  timeline.add({ entryType: 'measure', name: 'search', startTime: 100, duration: 33.5 });
  await flush();
  expect(timings()).toMatchObject([
    { name: 'hydrated', kind: 'mark', duration: 420 },
    { name: 'search', kind: 'measure', duration: 33.5 },
  ]);
});

test('what React draws for DevTools while it is developed is left out', async () => {
  const timeline = fakeEntries('mark', 'measure');
  const { flush } = page.start();
  const drawn = { track: 'Components \u269b', color: 'primary', tooltipText: 'Mount', properties: null };
  timeline.add(
    { entryType: 'measure', name: '\u200bCart', startTime: 10, duration: 3, detail: { devtools: drawn } },
    { entryType: 'measure', name: 'search', startTime: 100, duration: 33.5, detail: { hits: 12 } },
    { entryType: 'measure', name: 'pay', startTime: 200, duration: 5, detail: null },
  );
  await flush();
  expect(timings().map(({ name }) => name)).toEqual(['search', 'pay']);
  expect(page.sent.views()).toMatchObject([{ counts: { timing: 2 } }]);
});

test('a page that marks all the time is told of so often and no more', async () => {
  const timeline = fakeEntries('mark', 'measure');
  const { flush } = page.start();
  for (let index = 0; index < 5000; index++) {
    timeline.add({ entryType: 'mark', name: `mark ${index}`, startTime: index, duration: 0 });
  }
  await flush();
  expect(timings()).toHaveLength(100);
  expect(page.sent.views()).toMatchObject([{ counts: { timing: 5000 } }]);
});

test('turned off, none are', async () => {
  const timeline = fakeEntries('mark', 'measure');
  const { flush } = page.start({ userTiming: false });
  timeline.add({ entryType: 'mark', name: 'hydrated', startTime: 420, duration: 0 });
  await flush();
  expect(timings()).toEqual([]);
});
