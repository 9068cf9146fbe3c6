import { expect, test } from 'vitest';
import { makeComparison } from '../../testing/makeComparison.js';
import { changeName, comparisonWords } from './comparisonWords.js';

const moment = (time: number): string => new Date(time).toISOString().slice(11, 16);
const RELEASE = makeComparison();
const [SLOWER] = RELEASE.findings;

test('says since which release what rose where, against whom, and where it is', () => {
  expect(SLOWER && comparisonWords(RELEASE, SLOWER, moment)).toEqual({
    sentence:
      'Since release 1.4.0 (14:00), p75 LCP on /product/[id] rose from 2.10 s to 3.40 s (95 %: 3.20–3.60 s, n = 8,204)',
    basis:
      'Compared with 1,204 views (95 %: 2.00–2.20 s) of the same hours that had an older release, 1.3.0 mostly.',
    cause: '81 % of the rise is on mobile devices',
    affected: '1,510 views more slow',
  });
});

test('says what is weaker where all had it at once, and what became fewer', () => {
  const errors = {
    ...makeComparison().findings[0],
    metric: 'errors',
    route: null,
    basis: 'same hour of other days',
    without: { n: 900, value: { value: 0.04, low: 0.03, high: 0.055 } },
    with: { n: 800, value: { value: 0.01, low: 0.005, high: 0.02 } },
    affected: -1,
    causes: [],
  } as never;
  const { sentence, basis, affected } = comparisonWords(RELEASE, errors, moment);
  expect(sentence).toBe(
    'Since release 1.4.0 (14:00), the share of views with an error fell from 4.0 % to 1.0 % (95 %: 0.5–2.0 %, n = 800)',
  );
  expect(basis).toMatch(
    /of the same hours of the days before, since too few .* Something else may have changed too\.$/,
  );
  expect(affected).toBe('1 view fewer with an error');
});

test('says of a flag what is so with it and without it', () => {
  const flag = { ...RELEASE, kind: 'flag', name: 'express', variant: 'on', against: 'off' } as const;
  expect(changeName(flag)).toBe('express = on');
  const words = SLOWER && comparisonWords(flag, SLOWER, moment);
  expect(words?.sentence).toBe(
    'With express = on, p75 LCP on /product/[id] is 3.40 s (95 %: 3.20–3.60 s, n = 8,204), 2.10 s with off',
  );
  expect(words?.basis).toBe(
    'Compared with 1,204 views (95 %: 2.00–2.20 s) of the same days that were shown off.',
  );
});

test('says which element of which route carries it', () => {
  const cause = {
    n: 90,
    count: 88,
    expected: 4,
    share: 0.9,
    places: [{ route: '/cart', element: 'img.hero' }],
  };
  const words = SLOWER && comparisonWords(RELEASE, { ...SLOWER, route: null, causes: [cause] }, moment);
  expect(words?.cause).toBe('90 % of the rise is on /cart of views in which the element is img.hero');
});
