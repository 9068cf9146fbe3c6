// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { fakeEntries } from '../testing/fakeEntries.js';
import { recordBatches } from '../testing/recordedBatches.js';
import { startRum, track } from './core.js';

test('the core records views, vitals by value and custom events, and leaves fetch alone', async () => {
  const { fetch: pageFetch } = window;
  const sent = recordBatches();
  const timeline = fakeEntries('largest-contentful-paint');
  const agent = startRum({}, { fetch: sent.fetch });
  track('opened');
  window.dispatchEvent(new ErrorEvent('error', { message: 'not recorded' }));
  await Promise.resolve();
  await timeline.add({ entryType: 'largest-contentful-paint', startTime: 812.5, duration: 0 });
  await agent?.flush();
  expect(window.fetch).toBe(pageFetch);
  agent?.stop();

  expect(sent.views()).toMatchObject([{ path: '/', vitals: { lcp: { value: 812.5 } } }]);
  expect(sent.events()).toMatchObject([{ type: 'custom', name: 'opened' }]);
});
