import type { ErrorGroup, ErrorTotals } from '../../store/errorStore.js';
import { OTHER } from '../../store/filters.js';
import type { ErrorGroupRow, ErrorsResponse, ErrorTrend, ResolvedRange } from '../api.js';
import { fillBuckets } from '../range.js';
import { type DataRoute, oneInOf, readBoth, readEarlier, resolve } from './dataRoute.js';
import { table } from './table.js';

const MAX_GROUPS = 200;

/** Errors that are alike, as groups. */
export const errors: DataRoute = async (asked) => {
  const resolved = resolve(asked);
  const { range } = resolved;
  const trend = trendOf(range);
  const oneIn = await oneInOf(asked.store, resolved, 'errors');
  const [found] = await readBoth({ ...resolved, earlier: null }, (span) =>
    asked.store.errorGroups(span, range.bucketMs, MAX_GROUPS + 1),
  );
  const shown = found.groups.slice(0, MAX_GROUPS);
  // Which groups are called so is another matter at each time.
  const names = shown.map(({ fingerprint }) => fingerprint).filter((name) => name !== OTHER);
  const before = await readEarlier(resolved, (span) => asked.store.errorCounts(span, names.length, names));
  const counts = new Map(before?.map(({ fingerprint, events }) => [fingerprint, { events }]));
  const groups = shown.map((group) => ({
    ...rowOf(group, found.events),
    compared: counts.get(group.fingerprint) ?? null,
    trend: fillTrend(trend, group),
  }));
  const body: ErrorsResponse = {
    range,
    oneIn,
    events: found.events,
    series: fillBuckets(range, found.series, (t) => ({ t, n: 0 })),
    groups,
    trend,
    told: found.told,
    truncated: found.groups.length > MAX_GROUPS,
  };
  // A line of a file is a group, whose course is no cell.
  return table(
    asked.parameters,
    'errors',
    body,
    groups.map(({ trend: _trend, ...row }) => row),
  );
};

function rowOf(group: ErrorGroup, all: number): Omit<ErrorGroupRow, 'compared' | 'trend'> {
  const { fingerprint, title, name, events, visitors, routes, firstSeen, lastSeen, isNew } = group;
  return {
    fingerprint,
    title,
    name,
    events,
    share: events / all,
    visitors,
    routes,
    firstSeen,
    lastSeen,
    isNew,
  };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lengths of a trend's buckets, ms. */
const STEPS: readonly number[] = [MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, DAY, 7 * DAY];
/** Most buckets of a trend: it is a few words wide. */
const MAX_BUCKETS = 32;

/** The buckets of a range's small charts: aligned to the epoch, and each made of whole ones of the large chart. */
function trendOf({ from, to, bucketMs: shortest }: ResolvedRange): ErrorTrend {
  const bucketMs =
    STEPS.find((step) => step % shortest === 0 && to - from <= (MAX_BUCKETS - 1) * step) ?? 14 * DAY;
  return {
    from: from - (from % bucketMs),
    bucketMs,
    buckets: Math.ceil((to - (from - (from % bucketMs))) / bucketMs),
  };
}

/** How many there were in each bucket, empty ones included. */
function fillTrend(trend: ErrorTrend, { series }: Pick<ErrorTotals, 'series'>): readonly number[] {
  const byTime = new Map<number, number>();
  for (const { t, n } of series) {
    const begin = t - (t % trend.bucketMs);
    byTime.set(begin, (byTime.get(begin) ?? 0) + n);
  }
  return Array.from(
    { length: trend.buckets },
    (_, index) => byTime.get(trend.from + index * trend.bucketMs) ?? 0,
  );
}
