import { expect, test } from 'vitest';
import { makeComparison } from '../../../testing/makeComparison.js';
import { makeShift, makeTrend } from '../../../testing/makeTrends.js';
import { NOON } from '../../../testing/rumServer.js';
import { makeIncident } from '../../../testing/savedThings.js';
import { impactWords, rankFeed } from './rankFeed.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TODAY = { name: '24h', from: NOON - DAY, to: NOON, bucketMs: 1_800_000 } as const;

/** An incident of two hours that affects 70 views. */
function insight(part: Parameters<typeof makeIncident>[0] = {}) {
  const { app: _, hours: __, ...rest } = makeIncident(part);
  return { ...rest, snoozedUntil: null, together: [] };
}

/** A release since six hours, of which two were read, with a difference of so many views in these. */
function release(affected: number) {
  const { findings, ...rest } = makeComparison({ since: NOON - 6 * HOUR, until: NOON - 4 * HOUR });
  return { ...rest, findings: findings.map((finding) => ({ ...finding, affected })) };
}

test('everything is ranked by the views that it makes worse in the time that is shown', () => {
  const entries = rankFeed(
    {
      insights: [insight()],
      changes: [release(50)],
      trends: [makeTrend({ affected: 110 }), makeShift({ affected: -400 })],
    },
    TODAY,
    NOON,
  );
  expect(entries.map(({ kind, impact }) => [kind, Math.round(impact)])).toEqual([
    // 50 in two of the six hours since it came.
    ['difference', 150],
    // A day of a trend.
    ['trend', 110],
    ['incident', 70],
    ['trend', -400],
  ]);
});

test('of an incident counts what was within that time', () => {
  const long = insight({ began: NOON - 10 * DAY, ended: NOON - 12 * HOUR, affected: 950 });
  const [entry] = rankFeed({ insights: [long], changes: [], trends: [] }, TODAY, NOON);
  expect(entry?.impact).toBeCloseTo(50, 6);
  const before = insight({ began: NOON - 9 * DAY, ended: NOON - 8 * DAY });
  expect(rankFeed({ insights: [before], changes: [], trends: [] }, TODAY, NOON)[0]?.impact).toBe(0);
});

test('what is snoozed comes last, however much it matters', () => {
  const trends = [
    { ...makeTrend({ affected: 900 }), snoozedUntil: NOON + DAY },
    makeShift({ affected: -3 }),
    makeShift({ id: 'trend-00000000000000cc', affected: 1 }),
  ];
  const entries = rankFeed({ insights: [], changes: [], trends }, TODAY, NOON);
  expect(entries.map(({ impact }) => impact)).toEqual([1, -3, 900]);
});

test('says how much that is', () => {
  expect(impactWords(1510.4)).toBe('about 1,510 views worse in this time');
  expect(impactWords(-1)).toBe('about 1 view better in this time');
  expect(impactWords(0.2)).toBe('hardly a view in this time');
});
