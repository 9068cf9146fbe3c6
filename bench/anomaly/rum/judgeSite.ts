import { createWallClock } from '../../../packages/next-rum/src/analysis/anomaly/wallClock.js';
import { createSiteWatcher } from '../../../packages/next-rum/src/analysis/detectors/createSiteWatcher.js';
import type { ExplainedRise } from '../../../packages/next-rum/src/analysis/detectors/explainRise.js';
import type { SiteBucket, Where } from '../../../packages/next-rum/src/analysis/detectors/segment.js';
import type { Incident, SiteWatcher } from '../../../packages/next-rum/src/analysis/detectors/siteWatcher.js';
import { WATCHED_VITALS } from '../../../packages/next-rum/src/analysis/insights/watchedIncident.js';
import { expectedViews } from './crowd.js';
import { generateSite } from './generateSite.js';
import type { Fault, SitePlan } from './sitePlan.js';
import { createSiteRows } from './siteRows.js';

export interface SiteJudgement {
  readonly plan: SitePlan;
  /** When the first three buckets of the fault end, epoch ms. */
  readonly ends: readonly number[];
  readonly first: Incident | null;
  /** In which of these buckets the fault was noticed, from 1; null where it was not. */
  readonly bucket: number | null;
  /** Place of the right cause, from 1, when it was noticed, and when the third bucket was over; null where it was not named. */
  readonly atOnce: number | null;
  readonly later: number | null;
  readonly explained: ExplainedRise | null;
  /** Incidents of the fault's metric while it was there: 1 is how it should be. */
  readonly incidents: number;
  /** Whether it was resolved within three of its buckets and a day after the end; null where it did not end. */
  readonly isResolved: boolean | null;
  /** From the second week on, before the fault and of other metrics. */
  readonly falseAlarms: readonly Incident[];
  /** In which alarms count. */
  readonly weeks: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const BUCKETS = 3;
const SAMPLES_A_BUCKET = 100;
const VIEWS_A_BUCKET = 10;

/** What is made of a site by what is watched there, and how causes are told. */
export interface SiteJudgements {
  /** Of pairs of values besides single ones, explained by what was counted of them. */
  readonly byPairs: SiteJudgement;
  /** As the app does it: of single values, explained by single views. It does not watch by the minute: null there. */
  readonly asApp: SiteJudgement | null;
}

/** Runs watchers over a made-up site. */
export function judgeSite(plan: SitePlan): SiteJudgements {
  const kept: SiteBucket[] = [];
  const { fault, step, timeZone } = plan;
  const pairs = createSiteWatcher({ timeZone, step, metrics: ['lcp', 'inp'] });
  const byPairs = followFault(plan, pairs, (incident) => pairs.explain(incident, kept));
  const rows = createSiteRows(plan);
  const asApp =
    step < HOUR
      ? null
      : followFault(plan, createSiteWatcher({ timeZone, step, metrics: WATCHED_VITALS }), rows.explain);
  for (const bucket of generateSite(plan, asApp === null ? undefined : rows)) {
    if (fault && !byPairs.isExplained() && bucket.t >= fault.from - DAY - keptBefore(plan)) kept.push(bucket);
    byPairs.push(bucket);
    asApp?.push({ t: bucket.t, segments: bucket.segments.filter(({ where }) => isWatchedByApp(where)) });
    if (asApp?.isExplained()) rows.finish();
  }
  return { byPairs: byPairs.judgement(), asApp: asApp?.judgement() ?? null };
}

function isWatchedByApp(where: Where): boolean {
  return Object.keys(where).length < 2 && where.release === undefined;
}

interface Following {
  readonly push: (bucket: SiteBucket) => void;
  /** Whether the cause was told for the last time. */
  readonly isExplained: () => boolean;
  readonly judgement: () => SiteJudgement;
}

function followFault(
  plan: SitePlan,
  watcher: SiteWatcher,
  explain: (incident: Incident, until: number) => ExplainedRise,
): Following {
  const { fault } = plan;
  const ends = fault ? bucketEnds(plan, fault) : [];
  const third = ends.at(-1) ?? 0;
  const grace = fault ? third - fault.matters + DAY : 0;
  const isOwn = (incident: Incident): boolean => fault !== null && isOf(incident, fault, grace);
  const opened: Incident[] = [];
  const resolved: { openedAt: number; at: number }[] = [];
  let atOnce: ExplainedRise | null = null;
  let later: ExplainedRise | null = null;
  return {
    push: (bucket) => {
      const news = watcher.push(bucket);
      opened.push(...news.opened);
      const until = bucket.t + plan.step;
      for (const { openedAt } of news.resolved) resolved.push({ openedAt, at: until });
      const own = opened.find(isOwn);
      if (own === undefined || later !== null) return;
      atOnce ??= explain(own, until);
      if (until >= third) later = explain(own, until);
    },
    isExplained: () => later !== null,
    judgement: () => {
      const own = opened.filter(isOwn);
      const [first] = own;
      return {
        plan,
        ends,
        first: first ?? null,
        bucket: first ? ends.findIndex((end) => first.openedAt <= end) + 1 || null : null,
        atOnce: fault && first && atOnce ? placeOf(fault, atOnce) : null,
        later: fault && first && later ? placeOf(fault, later) : null,
        explained: later,
        incidents: own.length,
        isResolved:
          fault && first && fault.to < plan.to - grace
            ? resolved.some(({ openedAt, at }) => openedAt === first.openedAt && at <= fault.to + grace)
            : null,
        falseAlarms: opened.filter((each) => !own.includes(each) && each.openedAt >= plan.from + WEEK),
        weeks: (plan.to - plan.from) / WEEK - 1,
      };
    },
  };
}

/** From how long before a fault it is known what is usual, ms: two weeks as on a site; on larger ones, days tell as much. */
function keptBefore({ viewsAnHour, step }: SitePlan): number {
  return viewsAnHour > 500 ? 24 * step : 14 * DAY;
}

/**
 * The ends of the first buckets of a fault, epoch ms: each as long as it takes to expect enough samples to judge where it
 * happens; of what grows from day to day, whole days.
 */
function bucketEnds(plan: SitePlan, { metric, where, rise, matters }: Fault): number[] {
  const had = metric === 'lcp' ? 0.6 : metric === 'inp' ? 0.66 : 1;
  const needed = metric === 'traffic' ? VIEWS_A_BUCKET : SAMPLES_A_BUCKET;
  const length = rise > 0 ? DAY : plan.step;
  const ends: number[] = [];
  let samples = 0;
  const offset = createWallClock(plan.timeZone)(matters) - matters;
  // What grows is judged by the days there.
  const begin = rise > 0 ? Math.ceil((matters + offset) / DAY) * DAY - offset : matters;
  for (let t = begin; ends.length < BUCKETS; t += length) {
    for (let part = t; part < t + length; part += plan.step)
      samples += had * expectedViews(plan, where, part, part + plan.step);
    if (samples < needed) continue;
    ends.push(t + length);
    samples = 0;
  }
  return ends;
}

function isOf({ metric, openedAt }: Incident, fault: Fault, grace: number): boolean {
  const named = metric === 'silence' ? 'traffic' : metric;
  return named === fault.metric && openedAt > fault.from && openedAt <= fault.to + grace;
}

function placeOf({ where, metric }: Fault, { causes }: ExplainedRise): number | null {
  // All that comes to nothing comes to nothing everywhere: there is no cause to look for.
  if (metric === 'traffic') return 1;
  const right = JSON.stringify(Object.entries(where).sort());
  const place = causes.findIndex(
    ({ places }) => places.length === 1 && JSON.stringify(Object.entries(places[0] ?? {}).sort()) === right,
  );
  return place < 0 ? null : place + 1;
}
