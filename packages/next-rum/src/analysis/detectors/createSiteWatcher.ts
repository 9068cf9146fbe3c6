import { readStateNumbers, takeNumbers, writeStateNumbers } from '../anomaly/stateNumbers.js';
import { createWallClock } from '../anomaly/wallClock.js';
import { adjustForFalseDiscovery } from '../statistics/falseDiscovery.js';
import { addSegments, comparableBuckets, sinceRelease } from './addSegments.js';
import { createCountSeries } from './countSeries.js';
import { explainRise } from './explainRise.js';
import { SITE_KEY, type SiteBucket, segmentKey } from './segment.js';
import { createShareWatch, type ShareAlarm, type ShareWatch, type Teaching } from './shareWatch.js';
import type { Incident, Settling, SiteNews, SiteWatcher, SiteWatcherOptions } from './siteWatcher.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEK = 168 * HOUR;
/** Epoch ms, either way: as far as a date goes. */
const FARTHEST = 8.64e15;
const FALSE_ALARMS = 0.6;
/** Of what may be chance, the part of buckets and that of whole days. */
const PARTS = { bucket: 0.6, day: 0.4 };
/** Judged buckets in a row that must be as usual before it is over. */
const CALM_TO_RESOLVE = 3;
/** What lasts longer is the new usual, ms, and so much is left to learn it in. */
const ACCEPTED_AFTER = 3 * WEEK;
const SETTLED_WITHIN = WEEK;
/** Where nobody has been for so long nothing is wrong any more, ms: the route was renamed, say. */
const ABANDONED_AFTER = 3 * 24 * HOUR;

/**
 * Watches a site: each vital and latency as the share of samples above the p75 that is usual, errors as the share of views that
 * have one, both of the whole site and of every segment that is handed in; and how many views there are. What several segments
 * say at once is one incident, and how many are tested is allowed for (Benjamini and Hochberg), so that alarms by chance are as
 * rare over all as the option says. Method, figures, limits: docs/analysis.md.
 */
export function createSiteWatcher(options: SiteWatcherOptions): SiteWatcher {
  const { timeZone = 'UTC', step, metrics, falseAlarmsPerWeek = FALSE_ALARMS, state } = options;
  if (!(step >= MINUTE && step <= HOUR))
    throw new RangeError(`RUM: step is ${step}; it must be from a minute to an hour, in ms`);
  if (state !== undefined && state.version !== 3)
    throw new RangeError('RUM: the saved state is of a version that is not known');
  const wallClock = createWallClock(timeZone);
  const watches = new Map<string, ShareWatch>(
    [...metrics, 'errors'].map((metric) => [
      metric,
      createShareWatch({ metric, wallClock, step, state: state?.metrics[metric] }),
    ]),
  );
  const traffic = createCountSeries(wallClock, state && takeNumbers(readStateNumbers(state.traffic)));
  const incidents = new Map<string, Incident>();
  /** By what an open incident was noticed. */
  const grains = new Map<string, ShareAlarm['grain']>();
  /** When there was last a view where an open incident is. */
  const seenAt = new Map<string, number>();
  const settling = new Map<string, Settling>();
  for (const { grain, seenAt: seen, ...incident } of state?.incidents ?? []) {
    const { metric, openedAt, begunBy = openedAt, where, threshold, since, n, count, expected, p } = incident;
    incidents.set(metric, { metric, since, openedAt, begunBy, where, threshold, n, count, expected, p });
    grains.set(metric, grain);
    seenAt.set(metric, seen ?? state?.last ?? openedAt);
  }
  for (const each of state?.settling ?? []) settling.set(each.metric, each);
  let last = state?.last ?? Number.NEGATIVE_INFINITY;
  // Every metric has its share, and so has traffic.
  const perMetric = falseAlarmsPerWeek / (watches.size + 1);
  const levels = { bucket: (PARTS.bucket * perMetric * step) / WEEK, day: (PARTS.day * perMetric) / 7 };

  const begin = (
    metric: string,
    t: number,
    { since, begunBy, where, threshold, n, count, expected, p }: Omit<Incident, 'metric' | 'openedAt'>,
  ): Incident => {
    const incident = { metric, since, openedAt: t + step, begunBy, where, threshold, n, count, expected, p };
    incidents.set(metric, incident);
    seenAt.set(metric, t);
    return incident;
  };
  /** It goes on as another metric. */
  const turn = (
    incident: Incident,
    metric: string,
    { count, expected, p }: Pick<Incident, 'count' | 'expected' | 'p'> = incident,
  ): Incident => {
    const turned = { ...incident, metric, count, expected, p };
    seenAt.set(metric, seenAt.get(incident.metric) ?? incident.openedAt);
    seenAt.delete(incident.metric);
    incidents.delete(incident.metric);
    incidents.set(metric, turned);
    return turned;
  };
  const isOfViews = (metric: string): boolean => metric === 'traffic' || metric === 'silence';

  const push = ({ t, segments }: SiteBucket): SiteNews => {
    const opened: Incident[] = [];
    const resolved: Incident[] = [];
    const turned: Incident[] = [];
    if (!(Math.abs(t) <= FARTHEST)) throw new RangeError(`RUM: t is ${t}; it must be a time in epoch ms`);
    for (const { key, views, errorViews } of segments)
      if (!(views >= 0 && views < Number.POSITIVE_INFINITY && errorViews >= 0 && errorViews <= views))
        throw new RangeError(`RUM: ${key || 'the site'} has ${views} views, ${errorViews} with an error`);
    if (t <= last) return { opened, resolved, turned };
    last = t;
    const finish = (incident: Incident): void => {
      incidents.delete(incident.metric);
      seenAt.delete(incident.metric);
      resolved.push(incident);
    };
    for (const incident of incidents.values()) {
      const { metric, where } = incident;
      if (t - incident.openedAt < ACCEPTED_AFTER) continue;
      finish(incident);
      settling.set(metric, {
        metric,
        where,
        grain: grains.get(metric) ?? 'bucket',
        until: t + SETTLED_WITHIN,
      });
      if (isOfViews(metric)) traffic.doubt();
      else watches.get(metric)?.doubt();
    }
    const teachingOf = (metric: string): Teaching => {
      if (incidents.has(metric)) return 'never';
      return settling.has(metric) ? 'always' : 'calm';
    };
    /** Ends what is settling, once it is usual or should be. */
    const settle = (metric: string, isUsual: boolean): void => {
      const { until } = settling.get(metric) ?? {};
      if (until === undefined || (t < until && !isUsual)) return;
      settling.delete(metric);
      if (isOfViews(metric)) traffic.forget();
      else watches.get(metric)?.forget();
    };

    const site = segments.find(({ key }) => key === SITE_KEY);
    const count = site?.views ?? 0;
    const crowd = traffic.push(
      t,
      step,
      count,
      ['traffic', 'silence'].every((metric) => teachingOf(metric) !== 'never'),
    );
    const [silence, drop] = [incidents.get('silence'), incidents.get('traffic')];
    const seen = {
      since: crowd.since,
      begunBy: crowd.begunBy,
      where: {},
      threshold: null,
      n: 0,
      count: crowd.count,
      expected: crowd.expected,
      p: crowd.p,
    };
    settle('silence', count > 0);
    settle('traffic', traffic.calm() >= CALM_TO_RESOLVE);
    const isSettling = settling.has('traffic') || settling.has('silence');
    if (silence !== undefined) {
      if (count > 0) {
        if (traffic.isUsual(t, step, count)) finish(silence);
        else turned.push(turn(silence, 'traffic'));
        traffic.forget();
      }
    } else if (drop !== undefined) {
      // It says more than that too few come, and is the same outage.
      if (crowd.isSilent) turned.push(turn(drop, 'silence', seen));
      else if (traffic.calm() >= CALM_TO_RESOLVE) {
        finish(drop);
        traffic.forget();
      }
    } else if (isSettling) {
      // How many come is being learnt anew.
    } else if (crowd.isSilent) opened.push(begin('silence', t, seen));
    else if (crowd.p < levels.bucket && count > 0) opened.push(begin('traffic', t, seen));

    for (const [metric, watch] of watches) {
      const alarms = watch.push({ t, segments }, teachingOf(metric));
      const incident = incidents.get(metric);
      const worst = surest(alarms, levels);
      const settled = settling.get(metric);
      if (incident !== undefined) {
        const key = segmentKey(incident.where);
        if (segments.some((segment) => segment.key === key && segment.views > 0)) seenAt.set(metric, t);
        const isAbandoned = t - (seenAt.get(metric) ?? t) >= ABANDONED_AFTER;
        const { where } = incident;
        if (!isAbandoned && !watch.isOver({ where, grain: grains.get(metric) ?? 'bucket' })) continue;
        finish(incident);
        watch.forget();
      } else if (settled !== undefined) settle(metric, watch.isOver(settled));
      else if (worst !== null) {
        grains.set(metric, worst.grain);
        opened.push(begin(metric, t, worst));
      }
    }
    return { opened, resolved, turned };
  };

  return {
    push,
    open: () => [...incidents.values()],
    explain: (incident, buckets) => {
      const since = sinceRelease(buckets.filter(({ t }) => t >= incident.since));
      const before = comparableBuckets(
        buckets.filter(({ t }) => t < incident.since),
        since,
      );
      const rows =
        watches.get(incident.metric)?.rows(incident, addSegments(since), addSegments(before)) ?? [];
      return explainRise(rows);
    },
    measure: ({ metric, where }, bucket) => {
      const watch = watches.get(metric);
      if (watch !== undefined) return watch.measure(where, bucket);
      const usual = traffic.measure(bucket.t, step);
      const count = bucket.segments.find(({ key }) => key === SITE_KEY)?.views ?? 0;
      return usual && { n: 0, count, ...usual };
    },
    save: () => {
      const numbers: number[] = [];
      traffic.save(numbers);
      return {
        version: 3,
        metrics: Object.fromEntries([...watches].map(([metric, watch]) => [metric, watch.save()])),
        traffic: writeStateNumbers(numbers),
        last: last === Number.NEGATIVE_INFINITY ? null : last,
        incidents: [...incidents.values()].map((incident) => ({
          ...incident,
          grain: grains.get(incident.metric) ?? 'bucket',
          seenAt: seenAt.get(incident.metric) ?? incident.openedAt,
        })),
        settling: [...settling.values()],
      };
    },
  };
}

/** Of alarms, the least probable that is one with all that were tested; null where there is none. */
function surest(
  alarms: readonly ShareAlarm[],
  levels: { readonly bucket: number; readonly day: number },
): ShareAlarm | null {
  let worst: ShareAlarm | null = null;
  for (const grain of ['bucket', 'day'] as const) {
    const tested = alarms.filter((alarm) => alarm.grain === grain);
    if (tested.every(({ p }) => p > levels[grain])) continue;
    const adjusted = adjustForFalseDiscovery(tested.map(({ p }) => p));
    for (const [place, alarm] of tested.entries())
      if ((adjusted[place] as number) <= levels[grain] && (worst === null || alarm.p < worst.p))
        worst = alarm;
  }
  return worst;
}
