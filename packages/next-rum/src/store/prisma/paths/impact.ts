import type { VitalName } from '@rumkit/react-rum/protocol';
import {
  impactBuckets,
  type SessionExperience,
  type WhatIf,
  whatIf,
} from '../../../analysis/impact/goalImpact.js';
import type { Rating } from '../../../analysis/rating.js';
import { VITAL_THRESHOLDS } from '../../../analysis/rating.js';
import { sortedInterval } from '../../../analysis/statistics/sortedInterval.js';
import { type GoalImpact, IMPACT_STEPS, type PathStep } from '../../pathStore.js';
import type { ViewRange } from '../../store.js';
import type { Source } from '../rollup/rollupCells.js';
import { firstVitals } from './firstVitals.js';
import { type HitSession, hitSessions } from './walkHits.js';

interface RatedExperience extends SessionExperience {
  readonly rating: Rating;
}

/** @see {@link RumStore.impact} */
export async function impact(
  source: Source,
  range: ViewRange,
  goal: PathStep,
  metric: VitalName,
): Promise<GoalImpact> {
  const { sessions, seen } = await hitSessions(source, range, [goal]);
  // Of the first view that has the vital: those who go on have more of them, so that any other would be about that.
  const vitals = await firstVitals(source, range.app, metric, sessions.map(viewsBefore));
  const known = sessions.flatMap(({ hits }, place): RatedExperience[] => {
    const vital = vitals[place] ?? null;
    return vital === null ? [] : [{ ...vital, reached: hits.length > 0 }];
  });
  const values = known.map(({ value }) => value).sort((a, b) => a - b);
  const p75 = values[Math.ceil(values.length * 0.75) - 1] ?? null;
  return {
    sessions: sessions.length,
    n: known.length,
    reached: known.filter(({ reached }) => reached).length,
    p75,
    p75Interval: sortedInterval(values, 0.75),
    ratings: (['good', 'needsImprovement', 'poor'] as const).map((rating) => {
      const rated = known.filter((each) => each.rating === rating);
      return { rating, n: rated.length, reached: rated.filter(({ reached }) => reached).length };
    }),
    buckets: impactBuckets(known),
    whatIfs:
      p75 === null
        ? []
        : targetsOf(metric, p75).flatMap((target) => whatIf(known, target) ?? ([] as WhatIf[])),
    seen,
  };
}

/** Those in which the goal was not reached yet, in their order. */
function viewsBefore({ views, hits }: HitSession): HitSession['views'] {
  const [first] = hits;
  return first === undefined ? views : views.filter(({ startedAt }) => startedAt < first.at);
}

/** What p75 might become: some shares of it, and good where it is not. */
function targetsOf(metric: VitalName, p75: number): readonly number[] {
  const { good } = VITAL_THRESHOLDS[metric];
  const targets = IMPACT_STEPS.map((part) => p75 * (1 - part));
  return [...new Set([...targets, ...(p75 > good ? [good] : [])])].sort((a, b) => b - a);
}
