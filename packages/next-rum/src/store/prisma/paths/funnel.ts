import { cutAttempts, takeSteps } from '../../../analysis/paths/funnel.js';
import { sortedInterval } from '../../../analysis/statistics/sortedInterval.js';
import type { Funnel, FunnelQuestion, FunnelSegment, FunnelStep, StepVital } from '../../pathStore.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import { VITAL_NAMES } from '../../rows.js';
import type { ColumnDimension, ViewRange } from '../../store.js';
import { SESSION_GAP } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { readSeenViews, type SeenView } from './seenView.js';
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
  segment: ColumnDimension,
): Promise<Funnel> {
  const tail = window === null ? undefined : Math.max(window, GRAIN_MS.hour);
  const { sessions, seen } = await hitSessions(source, range, steps, tail);
  const keys = steps.map(keyOf);
  const ways = window === null ? waysOf(sessions, keys, now) : waysWithin(sessions, keys, window, now);
  const begun = ways.filter(({ taken }) => taken.length > 0);
  // Of the last step, which nobody drops off from, nothing more is told.
  const told = begun.flatMap(({ taken }) => taken.slice(0, Math.max(1, keys.length - 1)));
  const views = await readSeenViews(
    source,
    range.app,
    told.map(({ view }) => view.id),
  );
  return {
    sessions: sessions.length,
    open: begun.filter(({ taken, isOpen }) => isOpen && taken.length < keys.length).length,
    steps: keys.map((_, place) => stepOf(begun, place, keys.length, views)),
    segments: segmentsOf(begun, segment, keys.length, views),
    seen,
  };
}

function waysOf(sessions: readonly HitSession[], keys: readonly string[], now: number): readonly Way[] {
  return sessions.map(({ views, hits, until }) => ({
    taken: takeSteps(hits, keys),
    isOpen: (views.at(-1)?.startedAt ?? 0) > Math.min(now, until) - SESSION_GAP,
  }));
}

/** One visitor's sessions are one after the other, so that a silence between them ends nothing. */
function waysWithin(
  sessions: readonly HitSession[],
  keys: readonly string[],
  window: number,
  now: number,
): readonly Way[] {
  const ofVisitors = new Map<string, { readonly until: number; readonly hits: SeenHit[] }>();
  for (const { views, hits, until } of sessions) {
    // What a visitor did between two samples is not known.
    const key = `${until} ${views[0]?.visitor}`;
    const known = ofVisitors.get(key) ?? { until, hits: [] };
    ofVisitors.set(key, known);
    known.hits.push(...hits);
  }
  return [...ofVisitors.values()].flatMap(({ until, hits }) =>
    cutAttempts(
      hits.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
      keys[0] ?? '',
      window,
    ).map((attempt) => ({
      taken: takeSteps(attempt, keys),
      isOpen: (attempt[0]?.at ?? 0) + window > Math.min(now, until),
    })),
  );
}

type Views = ReadonlyMap<string, SeenView>;

function stepOf(ways: readonly Way[], place: number, count: number, views: Views): FunnelStep {
  const here = ways.filter(({ taken }) => taken.length > place);
  const times = here
    .flatMap(({ taken }) => {
      const [before, at] = [taken[place - 1]?.at, taken[place]?.at];
      return before === undefined || at === undefined ? [] : [at - before];
    })
    .sort((a, b) => a - b);
  const vitals = VITAL_NAMES.map((name) => [
    name,
    place + 1 < count ? vitalAt(here, place, name, views) : null,
  ]);
  return {
    reached: here.length,
    median: nearestRank(times, 0.5),
    medianInterval: sortedInterval(times, 0.5),
    vitals: Object.fromEntries(vitals) as FunnelStep['vitals'],
  };
}

function vitalAt(
  here: readonly Way[],
  place: number,
  name: keyof FunnelStep['vitals'],
  views: Views,
): StepVital | null {
  const values: number[] = [];
  const [slow, fast] = [
    { part: 0, whole: 0 },
    { part: 0, whole: 0 },
  ];
  for (const { taken } of here) {
    const vital = views.get(taken[place]?.view.id ?? '')?.vitals[name] ?? null;
    if (vital === null) continue;
    values.push(vital.value);
    const group = vital.rating === 'good' ? fast : slow;
    group.whole += 1;
    if (taken.length > place + 1) group.part += 1;
  }
  values.sort((a, b) => a - b);
  const p75 = nearestRank(values, 0.75);
  return p75 === null ? null : { p75, interval: sortedInterval(values, 0.75), n: values.length, slow, fast };
}

/** @param values Rising. */
function nearestRank(values: readonly number[], share: number): number | null {
  return values[Math.ceil(values.length * share) - 1] ?? null;
}

function segmentsOf(
  ways: readonly Way[],
  segment: ColumnDimension,
  count: number,
  views: Views,
): readonly FunnelSegment[] {
  const segments = new Map<string, number[]>();
  for (const { taken } of ways) {
    const value = views.get(taken[0]?.view.id ?? '')?.values[segment] ?? '';
    const reached = segments.get(value) ?? Array.from({ length: count }, () => 0);
    segments.set(value, reached);
    for (const place of taken.keys()) reached[place] = (reached[place] ?? 0) + 1;
  }
  return [...segments]
    .map(([value, reached]) => ({ value, reached }))
    .sort((a, b) => (b.reached[0] ?? 0) - (a.reached[0] ?? 0) || (a.value < b.value ? -1 : 1))
    .slice(0, MAX_SEGMENTS);
}
