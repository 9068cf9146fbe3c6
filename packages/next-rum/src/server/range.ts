import type { TrafficBucket } from '../store/store.js';
import type { RangeName, ResolvedRange } from './api.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SPANS: { readonly [name in RangeName]: { readonly span: number; readonly bucketMs: number } } = {
  '1h': { span: HOUR, bucketMs: MINUTE },
  '24h': { span: DAY, bucketMs: 30 * MINUTE },
  '7d': { span: 7 * DAY, bucketMs: 3 * HOUR },
  '30d': { span: 30 * DAY, bucketMs: 12 * HOUR },
};

/** Turns a range's name into times. `now` is epoch ms. */
export function resolveRange(name: RangeName, now: number): ResolvedRange {
  const { span, bucketMs } = SPANS[name];
  const to = (Math.floor(now / bucketMs) + 1) * bucketMs;
  return { name, from: to - span, to, bucketMs };
}

/** Puts the empty buckets between those that the store gave, so that a chart's time axis has no holes. */
export function fillBuckets(
  range: ResolvedRange,
  buckets: readonly TrafficBucket[],
): readonly TrafficBucket[] {
  const byTime = new Map(buckets.map((bucket) => [bucket.t, bucket]));
  const count = (range.to - range.from) / range.bucketMs;
  return Array.from({ length: count }, (_, index) => {
    const t = range.from + index * range.bucketMs;
    return byTime.get(t) ?? { t, views: 0, sessions: 0 };
  });
}
