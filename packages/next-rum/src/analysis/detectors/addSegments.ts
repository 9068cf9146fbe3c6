import { addHistogram, copyHistogram, type LogHistogram } from '../logHistogram.js';
import type { SegmentCounts, SiteBucket } from './segment.js';

/** What was counted of each segment in all of the buckets. */
export function addSegments(buckets: readonly SiteBucket[]): SegmentCounts[] {
  const sums = new Map<string, SegmentCounts>();
  for (const { segments } of buckets) {
    for (const segment of segments) {
      const before = sums.get(segment.key);
      const vitals: Record<string, LogHistogram> = { ...before?.vitals };
      for (const [metric, histogram] of Object.entries(segment.vitals)) {
        const into = vitals[metric];
        if (into === undefined) vitals[metric] = copyHistogram(histogram);
        else addHistogram(into, histogram);
      }
      sums.set(segment.key, {
        ...segment,
        views: segment.views + (before?.views ?? 0),
        errorViews: segment.errorViews + (before?.errorViews ?? 0),
        vitals,
      });
    }
  }
  return [...sums.values()];
}

/** Of buckets in order, where a release comes up in them, those from then on: what was before it would only hide what it did. */
export function sinceRelease(buckets: readonly SiteBucket[]): readonly SiteBucket[] {
  const known = new Set<string>();
  for (const [place, { segments }] of buckets.entries()) {
    const releases = segments.flatMap(({ where: { release, ...others } }) =>
      release !== undefined && Object.keys(others).length === 0 ? [release] : [],
    );
    if (known.size > 0 && releases.some((release) => !known.has(release))) return buckets.slice(place);
    for (const release of releases) known.add(release);
  }
  return buckets;
}

const DAY = 86_400_000;

/** Of buckets from before something began those of the same time of day; all of them where it has lasted for longer than one. */
export function comparableBuckets(
  before: readonly SiteBucket[],
  since: readonly SiteBucket[],
): readonly SiteBucket[] {
  const [first, last] = [since[0], since.at(-1)];
  if (first === undefined || last === undefined || last.t - first.t >= DAY) return before;
  const times = new Set(since.map(({ t }) => t % DAY));
  return before.filter(({ t }) => times.has(t % DAY));
}
