import { expect, test } from 'vitest';
import { createWallClock } from '../anomaly/wallClock.js';
import { addValue, emptyHistogram, histogramBin } from '../logHistogram.js';
import { SITE_KEY } from './segment.js';
import { createShareWatch, type ShareAlarm } from './shareWatch.js';

const HOUR = 3_600_000;
const MONDAY = Date.parse('2026-03-02T00:00:00Z');
const CALM = 22 * 24;

test('on a small site what was not judged yet has not become usual', () => {
  const watch = createShareWatch({ metric: 'lcp', wallClock: createWallClock('UTC'), step: HOUR });
  let drawn = 0;
  const push = (hour: number, slower: number): readonly ShareAlarm[] => {
    const lcp = emptyHistogram();
    for (let view = 0; view < 4; view += 1) {
      // 200 values, each as often as any other.
      const value = slower * 800 * 1.008 ** ((drawn * 73) % 200);
      addValue(lcp, value, histogramBin(value));
      drawn += 1;
    }
    const site = { key: SITE_KEY, where: {}, views: 4, errorViews: 0, vitals: { lcp } };
    const alarms = watch.push({ t: MONDAY + hour * HOUR, segments: [site] }, 'calm');
    return alarms.filter(({ grain }) => grain === 'bucket');
  };
  let usual: number | null = null;
  for (let hour = 0; hour < CALM; hour += 1) usual = push(hour, 1)[0]?.threshold ?? usual;
  expect(usual).toBeGreaterThan(2000);

  // A hundred views come in a day and an hour, and all of them are slow.
  let noticed: ShareAlarm | undefined;
  let hour = CALM;
  for (; noticed === undefined && hour < CALM + 7 * 24; hour += 1)
    noticed = push(hour, 1.6).find(({ p }) => p < 1e-6);
  expect(hour - CALM).toBeGreaterThan(24);
  expect(noticed?.threshold).toBe(usual);
});
