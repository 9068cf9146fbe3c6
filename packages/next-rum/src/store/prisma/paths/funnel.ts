import { cutAttempts, takeSteps } from '../../../analysis/paths/funnel.js';
import { percentileInterval } from '../../../analysis/statistics/percentileInterval.js';
import type { Funnel, FunnelQuestion, FunnelSegment, FunnelStep, StepVital } from '../../pathStore.js';
import { VITAL_NAMES } from '../../rows.js';
import type { FilterDimension, ViewRange } from '../../store.js';
import { SESSION_GAP } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { type HitSession, hitSessions, keyOf, type SeenHit } from './walkHits.js';

const MAX_SEGMENTS = 10;

/** The steps that somebody took, and whether there may be more. */
interface Way {
  readonly taken: readonly SeenHit[];
  readonly isOpen: boolean;
}

/** @see {@link RumStore.funnel} */
export async function funnel(
  source: Source,
  range: ViewRange,
  { steps, window, now }: FunnelQuestion,
  segment: FilterDimension,
): Promise<Funnel> {
  const { sessions, seen } = await hitSessions(source, range, steps);
  const keys = steps.map(keyOf);
  const end = Math.min(now, range.to);
  const ways = window === null ? waysOf(sessions, keys, end) : waysWithin(sessions, keys, window, end);
  const begun = ways.filter(({ taken }) => taken.length > 0);
  return {
    sessions: sessions.length,
    open: begun.filter(({ taken, isOpen }) => isOpen && taken.length < keys.length).length,
    steps: keys.map((_, place) => stepOf(begun, place, keys.length)),
    segments: segmentsOf(begun, segment, keys.length),
    seen,
  };
}

function waysOf(sessions: readonly HitSession[], keys: readonly string[], end: number): readonly Way[] {
  return sessions.map(({ views, hits }) => ({
    taken: takeSteps(hits, keys),
    isOpen: (views.at(-1)?.startedAt ?? 0) > end - SESSION_GAP,
  }));
}

/** One visitor's sessions are one after the other, so that a silence between them ends nothing. */
function waysWithin(
  sessions: readonly HitSession[],
  keys: readonly string[],
  window: number,
  end: number,
): readonly Way[] {
  const ofVisitors = new Map<string, SeenHit[]>();
  for (const { views, hits } of sessions) {
    const visitor = views[0]?.visitor ?? '';
    ofVisitors.set(visitor, [...(ofVisitors.get(visitor) ?? []), ...hits]);
  }
  return [...ofVisitors.values()].flatMap((hits) =>
    cutAttempts(
      hits.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
      keys[0] ?? '',
      window,
    ).map((attempt) => ({
      taken: takeSteps(attempt, keys),
      isOpen: (attempt[0]?.at ?? 0) + window > end,
    })),
  );
}

function stepOf(ways: readonly Way[], place: number, count: number): FunnelStep {
  const here = ways.filter(({ taken }) => taken.length > place);
  const times = here
    .flatMap(({ taken }) => {
      const [before, at] = [taken[place - 1]?.at, taken[place]?.at];
      return before === undefined || at === undefined ? [] : [at - before];
    })
    .sort((a, b) => a - b);
  const ranks = percentileInterval(times.length, 0.5);
  const vitals = VITAL_NAMES.map((name) => [name, place + 1 < count ? vitalAt(here, place, name) : null]);
  return {
    reached: here.length,
    median: nearestRank(times, 0.5),
    medianInterval:
      ranks === null ? null : [times[ranks.lower - 1] ?? Number.NaN, times[ranks.upper - 1] ?? Number.NaN],
    vitals: Object.fromEntries(vitals) as FunnelStep['vitals'],
  };
}

function vitalAt(here: readonly Way[], place: number, name: keyof FunnelStep['vitals']): StepVital | null {
  const values: number[] = [];
  const [slow, fast] = [
    { part: 0, whole: 0 },
    { part: 0, whole: 0 },
  ];
  for (const { taken } of here) {
    const vital = taken[place]?.view.vitals[name] ?? null;
    if (vital === null) continue;
    values.push(vital.value);
    const group = vital.rating === 'good' ? fast : slow;
    group.whole += 1;
    if (taken.length > place + 1) group.part += 1;
  }
  values.sort((a, b) => a - b);
  const p75 = nearestRank(values, 0.75);
  return p75 === null ? null : { p75, n: values.length, slow, fast };
}

/** @param values Rising. */
function nearestRank(values: readonly number[], share: number): number | null {
  return values[Math.ceil(values.length * share) - 1] ?? null;
}

function segmentsOf(ways: readonly Way[], segment: FilterDimension, count: number): readonly FunnelSegment[] {
  const segments = new Map<string, number[]>();
  for (const { taken } of ways) {
    const value = taken[0]?.view.values[segment] ?? '';
    const reached = segments.get(value) ?? Array.from({ length: count }, () => 0);
    segments.set(value, reached);
    for (const place of taken.keys()) reached[place] = (reached[place] ?? 0) + 1;
  }
  return [...segments]
    .map(([value, reached]) => ({ value, reached }))
    .sort((a, b) => (b.reached[0] ?? 0) - (a.reached[0] ?? 0) || (a.value < b.value ? -1 : 1))
    .slice(0, MAX_SEGMENTS);
}
