import type { Retention } from '../store/jobStore.js';
import type { ResolvedRange } from './api.js';
import type { Comparison, CustomRange, RangeName } from './question.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

const SPANS: { readonly [name in RangeName]: { readonly span: number; readonly bucketMs: number } } = {
  '1h': { span: HOUR, bucketMs: MINUTE },
  '24h': { span: DAY, bucketMs: 30 * MINUTE },
  '7d': { span: WEEK, bucketMs: 3 * HOUR },
  '30d': { span: 30 * DAY, bucketMs: 12 * HOUR },
};

/** Lengths of a chart's buckets, ms. Each divides a week, so that the buckets of a week earlier are the same ones. */
const BUCKETS: readonly number[] = [
  ...[1, 5, 10, 30].map((minutes) => minutes * MINUTE),
  ...[1, 3, 6, 12].map((hours) => hours * HOUR),
  DAY,
];
/** Most buckets of a chart. */
const MAX_BUCKETS = 180;

/** What is read view by view without a thought, ms. */
const SHORT = 12 * HOUR;

/**
 * Turns a range into whole buckets: a named one ends with the bucket that holds the present, one's own begins and ends with those
 * that hold its ends. Its buckets are as short as a chart of it has room for and as what is kept of that time can tell; those of a
 * week begin on Thursdays, as the epoch does.
 *
 * @param now Epoch ms.
 * @param compare What else is to be told by the same buckets.
 */
export function resolveRange(
  range: RangeName | CustomRange,
  now: number,
  kept: Retention,
  compare: Comparison = 'none',
): ResolvedRange {
  if (typeof range === 'string') {
    const { span, bucketMs } = SPANS[range];
    const to = (Math.floor(now / bucketMs) + 1) * bucketMs;
    return { name: range, from: to - span, to, bucketMs };
  }
  const span = range.to - range.from;
  const age = now - range.from + (compare === 'none' ? 0 : shiftOf(compare, span));
  const finest = finestBucket(age, span, kept);
  const aligned = (bucketMs: number) => ({
    name: 'custom' as const,
    from: Math.floor(range.from / bucketMs) * bucketMs,
    to: Math.ceil(range.to / bucketMs) * bucketMs,
    bucketMs,
  });
  for (const bucketMs of BUCKETS) {
    const resolved = aligned(bucketMs);
    if (bucketMs >= finest && resolved.to - resolved.from <= MAX_BUCKETS * bucketMs) return resolved;
  }
  return aligned(WEEK);
}

/** @param age Of its beginning, ms. */
function finestBucket(age: number, span: number, kept: Retention): number {
  // Minutes go an hour at a time, hours a day at a time.
  if (age < kept.minute - HOUR || (span <= SHORT && age < kept.raw - DAY)) return MINUTE;
  return age < kept.hour - DAY ? HOUR : DAY;
}

function shiftOf(compare: Exclude<Comparison, 'none'>, span: number): number {
  return compare === 'week' ? WEEK : span;
}

/** A span that is compared with another: as many buckets, so much earlier. */
export interface EarlierRange extends ResolvedRange {
  /** Up to which it is comparable, epoch ms: the other span may not be over yet. */
  readonly until: number;
}

/** @returns Null where nothing is to be compared. */
export function earlierRange(range: ResolvedRange, compare: Comparison, now: number): EarlierRange | null {
  if (compare === 'none') return null;
  const { name, from, to, bucketMs } = range;
  const shift = shiftOf(compare, to - from);
  // Whole minutes, hours or days, since rollups have no others.
  const step = bucketMs < HOUR ? MINUTE : bucketMs < DAY ? HOUR : DAY;
  const present = Math.max(from + step, Math.ceil(now / step) * step);
  return { name, from: from - shift, to: to - shift, bucketMs, until: Math.min(to, present) - shift };
}

/** Puts the empty buckets between those that the store gave, so that a chart's time axis has no holes. */
export function fillBuckets<Bucket extends { readonly t: number }>(
  range: ResolvedRange,
  buckets: readonly Bucket[],
  empty: (t: number) => Bucket,
): readonly Bucket[] {
  const byTime = new Map(buckets.map((bucket) => [bucket.t, bucket]));
  const count = (range.to - range.from) / range.bucketMs;
  return Array.from({ length: count }, (_, index) => {
    const t = range.from + index * range.bucketMs;
    return byTime.get(t) ?? empty(t);
  });
}
