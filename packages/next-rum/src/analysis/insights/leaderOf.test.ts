import { expect, test } from 'vitest';
import { makeIncident } from '../../testing/savedThings.js';
import type { Where } from '../detectors/segment.js';
import { leaderOf } from './leaderOf.js';

const HOUR = 3_600_000;
const FIRST = makeIncident({ id: 'lcp-1', where: { route: '/cart' }, causes: [] });
const found = (part: Parameters<typeof makeIncident>[0] = {}) =>
  makeIncident({ id: 'inp-2', metric: 'inp', where: {}, causes: [], ...part });

test('what begins at about the same time, and nowhere else, is one incident', () => {
  expect(leaderOf(found(), [FIRST])).toBe(FIRST);
  expect(leaderOf(found({ where: { browser: 'Safari' } }), [FIRST])).toBe(FIRST);
  expect(leaderOf(found({ began: FIRST.began + 3 * HOUR }), [FIRST])).toBe(FIRST);
  expect(leaderOf(found({ began: FIRST.began - 3 * HOUR }), [FIRST])).toBe(FIRST);
  expect(leaderOf(found({ began: FIRST.began + 3 * HOUR + 1 }), [FIRST])).toBeNull();
  expect(leaderOf(found({ where: { route: '/' } }), [FIRST])).toBeNull();
});

test('the likeliest cause says where it is, and one of its places is enough', () => {
  const cause = { n: 1, count: 1, expected: 0, share: 1 };
  const places: Where[] = [{ route: '/' }, { route: '/cart', browser: 'Safari' }];
  expect(leaderOf(found({ where: { route: '/' }, causes: [{ places, ...cause }] }), [FIRST])).toBe(FIRST);
  expect(
    leaderOf(found({ where: { route: '/cart' }, causes: [{ places: [{ route: '/' }], ...cause }] }), [FIRST]),
  ).toBeNull();
});

test('what is over, itself a part, or of a rule leads nothing; what a rule found is by itself', () => {
  const rule = { name: 'slo', kind: 'budget', share: 0.01 } as const;
  for (const part of [{ ended: FIRST.updatedAt }, { partOf: 'ttfb-1' }, { rule }, { id: 'inp-2' }])
    expect(leaderOf(found(), [{ ...FIRST, ...part }])).toBeNull();
  expect(leaderOf(found({ rule }), [FIRST])).toBeNull();
  expect(leaderOf(found(), [])).toBeNull();
});
