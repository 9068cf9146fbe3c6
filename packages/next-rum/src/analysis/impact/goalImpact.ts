import { newcombeInterval, type Proportion } from '../statistics/proportions.js';

/** How a session began, and how it ended. */
export interface SessionExperience {
  /** Of a vital: ms, CLS unitless. */
  readonly value: number;
  /** Whether it had the goal afterwards. */
  readonly reached: boolean;
}

/** Sessions with values from the one to the other, both included. */
export interface ImpactBucket {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly reached: number;
}

/** What share of sessions would have the goal if p75 were something else, and everybody did as those do who have it like that now. */
export interface WhatIf {
  /** Of p75, in the unit of the vital. */
  readonly target: number;
  /** Sessions that are within it now, and those beyond. */
  readonly within: Proportion;
  readonly beyond: Proportion;
  /** Now, and then; 0–1. */
  readonly actual: number;
  readonly weighted: number;
  /** Of `weighted - actual`, 95 %. */
  readonly interval: readonly [low: number, high: number];
}

/** Of fewer sessions nothing is said. */
export const LEAST_SESSIONS = 30;
const MOST_BUCKETS = 10;
const P75 = 0.75;

/**
 * Cuts sessions into buckets of about as many each, ten where there are enough. Equal values stay together; what holds fewer than
 * {@link LEAST_SESSIONS} goes with the one before.
 *
 * @example
 * ```ts
 * impactBuckets([{ value: 1200, reached: true }, { value: 3100, reached: false }]); // [{ from: 1200, to: 3100, n: 2, reached: 1 }]
 * ```
 */
export function impactBuckets(sessions: readonly SessionExperience[]): readonly ImpactBucket[] {
  const sorted = [...sessions].sort((a, b) => a.value - b.value);
  const size = Math.max(LEAST_SESSIONS, sorted.length / MOST_BUCKETS);
  const buckets: { from: number; to: number; n: number; reached: number }[] = [];
  for (const [index, { value, reached }] of sorted.entries()) {
    const last = buckets.at(-1);
    const isFull =
      last !== undefined && index >= Math.round(size * buckets.length) && last.n >= LEAST_SESSIONS;
    if (last === undefined || (isFull && value > last.to))
      buckets.push({ from: value, to: value, n: 1, reached: Number(reached) });
    else {
      last.to = value;
      last.n += 1;
      last.reached += Number(reached);
    }
  }
  const [end, before] = [buckets.at(-1), buckets.at(-2)];
  if (end !== undefined && before !== undefined && end.n < LEAST_SESSIONS) {
    buckets.splice(-2, 2, {
      from: before.from,
      to: end.to,
      n: before.n + end.n,
      reached: before.reached + end.reached,
    });
  }
  return buckets;
}

/**
 * What share of sessions would have the goal if p75 were `target`: the sessions are weighted so that three quarters of their weight are within
 * it, and each group keeps the share that it has now. Of all weights that do that, those nearest to equal ones in the sense of Kullback and Leibler are constant
 * within the two groups (Csiszár 1975, https://doi.org/10.1214/aop/1176996454); reweighting to what might be is as in DiNardo, Fortin and Lemieux 1996
 * (https://doi.org/10.2307/2171954). So the change is `(0.75 − share within) · (goal within − goal beyond)`, and its interval Newcombe's of that
 * difference, times the same.
 *
 * It is an association: those whose pages are slow differ in more than that.
 *
 * @returns Null where fewer than {@link LEAST_SESSIONS} are on either side.
 *
 * @example
 * ```ts
 * const better = whatIf(sessions, 2000);
 * if (better) console.log(better.weighted - better.actual, better.interval);
 * ```
 */
export function whatIf(sessions: readonly SessionExperience[], target: number): WhatIf | null {
  const within = countOf(sessions.filter(({ value }) => value <= target));
  const beyond = countOf(sessions.filter(({ value }) => value > target));
  if (within.whole < LEAST_SESSIONS || beyond.whole < LEAST_SESSIONS) return null;
  const shift = P75 - within.whole / sessions.length;
  const [low, high] = newcombeInterval(within, beyond).map((end) => shift * end);
  return {
    target,
    within,
    beyond,
    actual: (within.part + beyond.part) / sessions.length,
    weighted: (P75 * within.part) / within.whole + ((1 - P75) * beyond.part) / beyond.whole,
    interval: [Math.min(low ?? 0, high ?? 0), Math.max(low ?? 0, high ?? 0)],
  };
}

function countOf(sessions: readonly SessionExperience[]): Proportion {
  return { part: sessions.filter(({ reached }) => reached).length, whole: sessions.length };
}
