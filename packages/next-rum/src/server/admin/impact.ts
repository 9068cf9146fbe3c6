import type { ImpactResponse } from '../api.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { differenceOf, readSteps, shareOf } from './pathParameters.js';
import { table } from './table.js';
import { readMetric } from './vital.js';

/** How often sessions had a goal, by how fast they were. */
export const impact: DataRoute = async (asked) => {
  const { parameters, store } = asked;
  const { range, views } = resolve(asked);
  const [goal = { kind: 'view', name: '' } as const] = readSteps(parameters, 'goal', 1, 1);
  const metric = readMetric(parameters);
  const { sessions, n, reached, p75, p75Interval, ratings, buckets, whatIfs, seen } = await store.impact(
    views,
    goal,
    metric,
  );
  const [good] = ratings;
  const others = { part: reached - (good?.reached ?? 0), whole: n - (good?.n ?? 0) };
  const body: ImpactResponse = {
    range,
    goal,
    metric,
    sessions,
    total: shareOf({ part: reached, whole: n }),
    p75,
    p75Interval,
    ratings: ratings.map(({ rating, ...counted }) => ({
      rating,
      ...shareOf({ part: counted.reached, whole: counted.n }),
    })),
    difference: differenceOf({ part: good?.reached ?? 0, whole: good?.n ?? 0 }, others),
    buckets: buckets.map(({ from, to, ...counted }) => ({
      from,
      to,
      ...shareOf({ part: counted.reached, whole: counted.n }),
    })),
    whatIfs,
    seen,
  };
  return table(parameters, 'impact', body, [
    ...body.ratings.map((row) => ({ group: row.rating, from: null, to: null, ...flat(row) })),
    ...body.buckets.map(({ from, to, ...row }) => ({ group: 'bucket', from, to, ...flat(row) })),
  ]);
};

function flat({ part, whole, share, interval }: ImpactResponse['total']): object {
  return { sessions: whole, reached: part, share, low: interval?.[0] ?? null, high: interval?.[1] ?? null };
}
