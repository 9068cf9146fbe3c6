import { GRAIN_MS, type Grain } from './grains.js';

/** A span of time and where its numbers come from; half-open, epoch ms. Of a grain it holds whole buckets. */
export interface Segment {
  readonly source: Grain | 'raw';
  readonly begins: number;
  readonly ends: number;
}

/** Which rollups can be relied on. */
export interface Knowledge {
  /** From when on each source is complete. */
  readonly since: { readonly [source in Segment['source']]: number };
  /** Buckets whose rollup is older than what it is made of. */
  readonly dirty: readonly Bucket[];
  /** Buckets that count together what is to be told apart; finer ones may tell. */
  readonly folded?: readonly Bucket[];
}

interface Bucket {
  readonly grain: Grain;
  /** Its beginning, epoch ms. */
  readonly bucket: number;
}

interface Interval {
  readonly begins: number;
  readonly ends: number;
}

const FINER = { day: 'hour', hour: 'minute', minute: null } as const;

/**
 * Cuts a range into parts, each to be read from the coarsest source that is right about it: days, where they are not, hours,
 * then minutes, and the raw rows for what is left. Parts do not overlap, and together they are the range.
 *
 * @param step Where numbers are wanted by buckets of this length in ms, no part's buckets reach across their borders.
 * @param reach How long after it, in ms, a row changes what is counted of others: half an hour for sessions.
 */
export function planRange(
  range: { readonly from: number; readonly to: number },
  { since, dirty, folded = [] }: Knowledge,
  { step = GRAIN_MS.day, reach = 0 }: { readonly step?: number; readonly reach?: number } = {},
): readonly Segment[] {
  const unreliable = {
    minute: useless('minute', spansOf(dirty, ['minute'], reach)),
    hour: useless('hour', spansOf(dirty, ['minute', 'hour'], reach)),
    day: useless('day', spansOf(dirty, ['minute', 'hour', 'day'], reach)),
  };
  const segments: Segment[] = [];

  function useless(grain: Grain, old: readonly Interval[]): readonly Interval[] {
    return joined([...old, ...spansOf(folded, [grain], 0)], since[grain]);
  }

  function add(source: Segment['source'], begins: number, ends: number): void {
    if (begins >= ends) return;
    const last = segments.at(-1);
    if (last?.source === source && last.ends === begins) segments[segments.length - 1] = { ...last, ends };
    else segments.push({ source, begins, ends });
  }

  function cover(begins: number, ends: number, grain: Grain | null): void {
    if (begins >= ends) return;
    if (grain === null) {
      add('raw', Math.max(begins, since.raw), ends);
      return;
    }
    const length = GRAIN_MS[grain];
    const finer = FINER[grain];
    const [first, last] = [Math.ceil(begins / length) * length, Math.floor(ends / length) * length];
    if (step % length !== 0 || first >= last) {
      cover(begins, ends, finer);
      return;
    }
    cover(begins, first, finer);
    let at = first;
    for (const interval of within(unreliable[grain], first, last)) {
      const start = Math.max(at, Math.floor(interval.begins / length) * length);
      const end = Math.min(last, Math.ceil(interval.ends / length) * length);
      if (end <= at) continue;
      add(grain, at, start);
      cover(start, end, finer);
      at = end;
    }
    add(grain, at, last);
    cover(last, ends, finer);
  }

  cover(range.from, range.to, 'day');
  return segments;
}

function spansOf(buckets: readonly Bucket[], grains: readonly Grain[], reach: number): readonly Interval[] {
  return buckets
    .filter(({ grain }) => grains.includes(grain))
    .map(({ grain, bucket }) => ({
      begins: bucket,
      ends: bucket + GRAIN_MS[grain] + (grain === 'minute' ? reach : 0),
    }));
}

/** With all time before a moment; in order, none touching another. */
function joined(intervals: readonly Interval[], since: number): readonly Interval[] {
  const all = [{ begins: Number.NEGATIVE_INFINITY, ends: since }];
  for (const { begins, ends } of intervals.toSorted((a, b) => a.begins - b.begins)) {
    const last = all.at(-1);
    if (last !== undefined && begins <= last.ends) last.ends = Math.max(last.ends, ends);
    else all.push({ begins, ends });
  }
  return all;
}

/** Those that meet a span. */
function within(intervals: readonly Interval[], begins: number, ends: number): readonly Interval[] {
  return intervals.slice(
    firstIndex(intervals, (interval) => interval.ends > begins),
    firstIndex(intervals, (interval) => interval.begins >= ends),
  );
}

/** Of what holds from some place on, that place. */
function firstIndex(intervals: readonly Interval[], holds: (interval: Interval) => boolean): number {
  let [low, high] = [0, intervals.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const interval = intervals[middle];
    if (interval !== undefined && holds(interval)) high = middle;
    else low = middle + 1;
  }
  return low;
}
