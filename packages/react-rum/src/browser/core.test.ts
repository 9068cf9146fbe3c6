// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import type { MetricType } from 'web-vitals';
import { recordBatches } from '../testing/recordedBatches.js';
import { startRum, track } from './core.js';

const reports = vi.hoisted((): ((metric: MetricType) => void)[] => []);
vi.mock('web-vitals', () => {
  const observe = (report: (metric: MetricType) => void) => reports.push(report);
  return { onCLS: observe, onFCP: observe, onLCP: observe, onTTFB: observe };
});

test('the core records views, vitals by value and custom events, and leaves fetch alone', async () => {
  const { fetch: pageFetch } = window;
  const sent = recordBatches();
  const agent = startRum({}, { fetch: sent.fetch });
  track('opened');
  window.dispatchEvent(new ErrorEvent('error', { message: 'not recorded' }));
  expect(reports).toHaveLength(4);
  reports[0]?.({ name: 'LCP', value: 812.5, entries: [{}], navigationStartTime: 0 } as unknown as MetricType);
  await agent?.flush();
  expect(window.fetch).toBe(pageFetch);
  agent?.stop();

  expect(sent.views()).toMatchObject([{ path: '/', vitals: { lcp: { value: 812.5 } } }]);
  expect(sent.events()).toMatchObject([{ type: 'custom', name: 'opened' }]);
});
