import type { ErrorGroup, ErrorTotals } from '../../store/errorStore.js';
import type { ErrorGroupRow, ErrorsResponse, ErrorTrend, ResolvedRange } from '../api.js';
import { fillBuckets } from '../range.js';
import { type DataRoute, oneInOf, readBoth, resolve } from './dataRoute.js';
import { table } from './table.js';

const MAX_GROUPS = 200;
/** More than are shown, so that a group which was rarer before is found there. */
const MAX_EARLIER_GROUPS = 1000;

/** Errors that are alike, as groups. */
export const errors: DataRoute = async (asked) => {
  const resolved = resolve(asked);
  const { range, views, earlier } = resolved;
  const trend = trendOf(range);
  const oneIn = await oneInOf(asked.store, resolved, 'errors');
  const [found, before] = await readBoth(resolved, async (span) =>
    span === views
      ? { ...(await asked.store.errorGroups(span, range.bucketMs, MAX_GROUPS + 1)), counts: [] }
      : {
          events: 0,
          series: [],
          groups: [],
          told: null,
          counts: await asked.store.errorCounts(span, MAX_EARLIER_GROUPS),
        },
  );
  const counts = new Map(before?.counts.map(({ fingerprint, events }) => [fingerprint, events]));
  const groups = found.groups.slice(0, MAX_GROUPS).map((group) => ({
    ...rowOf(group, found.events),
    compared: earlier === null ? null : { events: counts.get(group.fingerprint) ?? 0 },
    trend: fillTrend(trend, group),
  }));
  const body: ErrorsResponse = {
    range,
    oneIn,
    events: found.events,
    series: fillBuckets(range, found.series, (t) => ({ t, n: 0 })),
    groups,
    trend,
    told: found.told ?? { events: 0, since: range.from, complete: true },
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
