import { expect, test } from 'vitest';
import { makeShift, makeTrend } from '../../testing/makeTrends.js';
import { trendWords } from './trendWords.js';

test('says what rises where, by how much a week, since when, and how sure that is', () => {
  expect(trendWords(makeTrend())).toEqual({
    sentence:
      'p75 LCP on /product/[id] has risen by 38 ms a week for 8 weeks, from 2.10 s to 2.40 s (95 %: 22–51 ms a week, n = 56,000)',
    basis: 'Told from 56 days, 1 October to 25 November, what is usual on each weekday taken out.',
    affected: '110 slow views a day more',
  });
  const falling = makeTrend({
    metric: 'cls',
    route: null,
    slope: { value: -0.0042, low: -0.006, high: -0.0021 },
    first: 0.12,
    last: 0.09,
    affected: -1,
  });
  expect(trendWords(falling)).toMatchObject({
    sentence:
      'p75 CLS has fallen by 0.0042 a week for 8 weeks, from 0.12 to 0.09 (95 %: 0.0021–0.006 a week, n = 56,000)',
    affected: '1 slow view a day fewer',
  });
});

test('says of views and errors what is counted', () => {
  const views = makeTrend({
    metric: 'views',
    route: null,
    slope: { value: -120, low: -150, high: -95 },
    first: 1900,
    last: 940,
    affected: 960,
  });
  expect(trendWords(views)).toMatchObject({
    sentence:
      'Views a day have fallen by 120 a week for 8 weeks, from 1,900 to 940 (95 %: 95–150 a week, n = 56,000)',
    affected: '960 views a day fewer',
  });
  const errors = makeShift({
    metric: 'errors',
    route: null,
    before: { n: 41_000, value: { value: 0.011, low: 0.009, high: 0.013 } },
    after: { n: 15_000, value: { value: 0.034, low: 0.03, high: 0.038 } },
    affected: 23,
  });
  expect(trendWords(errors)).toMatchObject({
    sentence:
      'Errors went from 1.1 per 100 views to 3.4 per 100 views on 12 November (95 %: 3–3.8 per 100 views, n = 15,000), and have stayed there',
    affected: '23 errors a day more',
  });
});

test('dates a shift no more exactly than it is known, and says where it is the same', () => {
  expect(trendWords(makeShift())).toMatchObject({
    sentence:
      'p75 TTFB on /shop went from 310 ms to 480 ms on 12 November (95 %: 470–490 ms, n = 8,204), and has stayed there',
    basis:
      'Compared with the 42 days before (95 %: 300–320 ms, n = 21,000), what is usual on each weekday taken out.',
  });
  const vague = makeShift({
    route: null,
    from: Date.UTC(2026, 10, 10),
    to: Date.UTC(2026, 10, 14),
    alike: ['/a', '/b', '/c', '/<b>'],
  });
  const { sentence, basis } = trendWords(vague);
  expect(sentence).toContain('to 480 ms between 10 November and 14 November (');
  expect(basis).toMatch(/The same on \/a, \/b, \/c and 1 more\.$/);
});
