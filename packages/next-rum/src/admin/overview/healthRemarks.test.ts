import { expect, test } from 'vitest';
import { overview, row } from '../../testing/adminAnswers.js';
import { healthRemarks } from './healthRemarks.js';

const good = { p75: 1800, interval: [1700, 1900], n: 900 } as const;
const calm = { p75: 0.02, interval: [0.01, 0.03], n: 900 } as const;
const quick = { p75: 120, interval: [110, 130], n: 400 } as const;

const words = (...given: Parameters<typeof healthRemarks>): readonly string[] =>
  healthRemarks(...given).map(({ text }) => text);

test('where nothing was measured nothing is said', () => {
  expect(healthRemarks(overview({}), [])).toEqual([]);
});

test('all are good only where all three vitals surely are', () => {
  expect(words(overview({ vitals: { lcp: good, inp: quick, cls: calm } }), [])).toEqual([
    'LCP, INP and CLS are all good.',
  ]);
  expect(words(overview({ vitals: { lcp: good, cls: calm } }), [])).toEqual(['LCP and CLS are good.']);
});

test('what is poor comes first, with its value', () => {
  const lcp = { p75: 4300, interval: [4100, 4500], n: 900 } as const;
  const inp = { p75: 240, interval: [220, 260], n: 900 } as const;
  expect(healthRemarks(overview({ vitals: { lcp, inp, cls: calm } }), [])).toEqual([
    { tone: 'poor', text: 'LCP is poor: three of four views are within 4.30 s.' },
    { tone: 'needsImprovement', text: 'INP needs improvement: three of four views are within 240 ms.' },
    { tone: 'good', text: 'CLS is good.' },
  ]);
});

test('a rating is not stated where the interval reaches over a threshold, or there is none', () => {
  const lcp = { p75: 2450, interval: [2300, 2600], n: 90 } as const;
  const inp = { p75: 90, n: 3 };
  expect(words(overview({ vitals: { lcp, inp } }), [])).toEqual([
    'LCP is 2.45 s, on the border between good and needing improvement.',
    'INP is 90 ms so far, but 3 views are too few to be sure.',
  ]);
});

test('a device is named only where its own interval tells it from the others', () => {
  const lcp = { p75: 4300, interval: [4100, 4500], n: 900 } as const;
  const device = (name: string, p75: number, interval: readonly [number, number] | null) => {
    const blank = row(name, 500, p75);
    return { ...blank, vitals: { ...blank.vitals, lcp: { ...blank.vitals.lcp, interval } } };
  };
  const mobile = device('mobile', 5200, [5000, 5400]);
  const answer = overview({ vitals: { lcp } });
  expect(words(answer, [mobile, device('desktop', 1900, [1800, 2000])])).toEqual([
    'LCP is poor: three of four views are within 4.30 s – poor on mobile (5.20 s), good on desktop.',
  ]);
  for (const other of [device('desktop', 4900, [4700, 5100]), device('desktop', 1900, null)]) {
    expect(words(answer, [mobile, other])).toEqual(['LCP is poor: three of four views are within 4.30 s.']);
  }
  expect(words(overview({ vitals: { lcp: good } }), [mobile, device('desktop', 1900, [1800, 2000])])).toEqual(
    ['LCP is good.', 'LCP differs – poor on mobile (5.20 s), good on desktop.'],
  );
});

test('a change is told only where it is more than chance', () => {
  const before = { p75: 1200, interval: [1100, 1300], n: 900 } as const;
  expect(words(overview({ vitals: { lcp: good }, before: { lcp: before } }), [])).toEqual([
    'LCP is good.',
    'LCP is 50 % slower than in the time compared with: 1.20 s then, 1.80 s now.',
  ]);
  expect(words(overview({ vitals: { lcp: good }, before: { lcp: { ...good, p75: 1790 } } }), [])).toEqual([
    'LCP is good.',
    'LCP, INP and CLS changed by no more than chance explains.',
  ]);
  expect(words(overview({ vitals: { lcp: good }, before: { lcp: { p75: 90, n: 2 } } }), [])).toEqual([
    'LCP is good.',
    'The time compared with has too few views to tell a change.',
  ]);
});
