import type { ErrorBucket, ErrorCount, ErrorTotals } from '../../errorStore.js';
import { OTHER } from '../../filters.js';
import { MAX_VALUES } from '../../rollup/cells.js';
import { addSeen, neverSeen, type Seen } from '../../rollup/seen.js';

/** What is known of a group. */
export interface Tally {
  events: number;
  readonly seen: Seen;
  /** Of buckets, by their beginning, epoch ms. */
  readonly series: Map<number, number>;
}

/** By fingerprint. */
export type Tallies = Map<string, Tally>;

/** Adds some errors of a group that happened in one bucket. */
export function addErrors(
  tallies: Tallies,
  fingerprint: string,
  t: number,
  events: number,
  seen: Seen,
): void {
  let tally = tallies.get(fingerprint);
  if (tally === undefined) {
    tally = { events: 0, seen: neverSeen(), series: new Map() };
    tallies.set(fingerprint, tally);
  }
  tally.events += events;
  addSeen(tally.seen, seen);
  tally.series.set(t, (tally.series.get(t) ?? 0) + events);
}

/** Adds one event, in the bucket of `stepMs` that it is in. */
export function addError(
  tallies: Tallies,
  {
    fingerprint,
    occurredAt,
    count,
  }: { readonly fingerprint: string; readonly occurredAt: number; readonly count: number },
  stepMs: number,
): void {
  const seen = { first: occurredAt, last: occurredAt };
  addErrors(tallies, fingerprint, occurredAt - (occurredAt % stepMs), count, seen);
}

/**
 * As in a rollup, and much later than there, the rarest groups go together, so that made-up errors cannot fill the memory.
 *
 * @returns Whether there were too many.
 */
export function capTallies(tallies: Tallies): boolean {
  if (tallies.size <= 5 * MAX_VALUES) return false;
  for (const [fingerprint, { seen, series }] of ranked(tallies).slice(MAX_VALUES)) {
    if (fingerprint === OTHER) continue;
    tallies.delete(fingerprint);
    for (const [t, n] of series) addErrors(tallies, OTHER, t, n, seen);
  }
  return true;
}

/** Most events first, then by fingerprint. */
export function ranked(tallies: Tallies): readonly (readonly [string, Tally])[] {
  return [...tallies].sort(([a, ofA], [b, ofB]) => ofB.events - ofA.events || (a < b ? -1 : 1));
}

export function countsOf(tallies: Tallies, limit: number): readonly ErrorCount[] {
  return ranked(tallies)
    .slice(0, limit)
    .map(([fingerprint, { events }]) => ({ fingerprint, events }));
}

/** All groups together over time. */
export function seriesOf(tallies: Tallies): readonly ErrorBucket[] {
  const all = new Map<number, number>();
  for (const { series } of tallies.values()) for (const [t, n] of series) all.set(t, (all.get(t) ?? 0) + n);
  return bucketsOf(all);
}

function bucketsOf(series: ReadonlyMap<number, number>): readonly ErrorBucket[] {
  return [...series].map(([t, n]): ErrorBucket => ({ t, n })).sort((a, b) => a.t - b.t);
}

export function totalsOf(fingerprint: string, { events, seen, series }: Tally, isNew: boolean): ErrorTotals {
  return {
    fingerprint,
    events,
    firstSeen: seen.first,
    lastSeen: seen.last,
    isNew,
    series: bucketsOf(series),
  };
}
