import { incidentWords } from '../../analysis/insights/incidentWords.js';
import type { ReportWeek } from '../../analysis/report/reportWeek.js';
import { differenceInterval } from '../../analysis/statistics/differenceInterval.js';
import { VITAL_NAMES } from '../../store/rows.js';
import type { RumStore } from '../../store/store.js';
import type { VitalSummary } from '../../store/vitalStore.js';
import type { ReportVital, WeekReport } from './report.js';

export interface ReportQuestion {
  readonly app: string;
  readonly week: ReportWeek;
  readonly timeZone: string;
  /** Where the admin is found; null where nobody said. */
  readonly adminUrl: string | null;
}

type ReportStore = Pick<
  RumStore,
  'totals' | 'vitals' | 'breakdown' | 'errorGroups' | 'incidents' | 'releaseStarts'
>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST_LINES = 5;
const MOST_READ = 100;
/** Fewer views of a route tell nothing. */
const LEAST_VIEWS = 30;

/** Reads what a week was like, and the one before. */
export async function weekReport(
  store: ReportStore,
  { app, week, timeZone, adminUrl }: ReportQuestion,
): Promise<WeekReport> {
  const { from, to, before, name } = week;
  const [now, then] = [
    { app, from, to },
    { app, from: before, to: from },
  ];
  const [totals, totalsBefore] = [await store.totals(now), await store.totals(then)];
  const counted = await countedDays(store, { app, week });
  const [vitals, vitalsBefore] = [await store.vitals(now), await store.vitals(then)];
  const routes = await store.breakdown(now, 'route', MOST_READ);
  const errors = await store.errorGroups(now, DAY, MOST_READ);
  const incidents = await store.incidents(now, MOST_READ);
  const releases = await store.releaseStarts(now, HOUR, MOST_LINES);
  const moment = momentFormat(timeZone);
  const fresh = errors.groups.filter(({ isNew }) => isNew);
  return {
    app,
    name,
    from,
    to,
    timeZone,
    adminUrl,
    totals,
    totalsBefore,
    days: counted,
    vitals: VITAL_NAMES.map((vital) => comparedVital(vital, vitals[vital], vitalsBefore[vital])),
    newErrors: {
      count: fresh.length,
      top: fresh.slice(0, MOST_LINES).map(({ fingerprint, title, events, visitors }) => ({
        fingerprint,
        title: title ?? fingerprint,
        events,
        visitors,
      })),
    },
    incidents: {
      count: incidents.length,
      open: incidents.filter(({ ended }) => ended === null).length,
      top: [...incidents]
        .sort((a, b) => b.affected - a.affected)
        .slice(0, MOST_LINES)
        .map((incident) => ({
          id: incident.id,
          isOpen: incident.ended === null,
          ...incidentWords(incident, moment),
        })),
    },
    routes: routes
      .filter(({ value, vitals: { lcp } }) => value !== '' && lcp.n >= LEAST_VIEWS)
      .map(({ value, views, vitals: { lcp, inp, cls } }) => ({
        route: value,
        views,
        slow: lcp.needsImprovement + lcp.poor,
        lcp: lcp.p75,
        inp: inp.p75,
        cls: cls.p75,
        intervals: { lcp: lcp.interval, inp: inp.interval, cls: cls.interval },
      }))
      .filter(({ slow }) => slow > 0)
      .sort((a, b) => b.slow - a.slow || (a.route < b.route ? -1 : 1))
      .slice(0, MOST_LINES),
    releases: releases.map(({ release, at }) => ({ release, at })),
  };
}

/**
 * Each day by itself: by the clock on the wall one may begin amid an hour of UTC. Where it does and single views of that hour are gone,
 * which is with `retention.raw` below 15 days, those of that hour are in no day.
 */
async function countedDays(
  store: ReportStore,
  { app, week: { days, to } }: Pick<ReportQuestion, 'app' | 'week'>,
): Promise<WeekReport['days']> {
  const counted = [];
  for (const [place, t] of days.entries()) {
    const { views, sessions } = await store.totals({ app, from: t, to: days[place + 1] ?? to });
    counted.push({ t, views, sessions });
  }
  return counted;
}

function comparedVital(name: ReportVital['name'], now: VitalSummary, before: VitalSummary): ReportVital {
  const estimateOf = ({ p75, interval }: VitalSummary) =>
    p75 === null || interval === null ? null : { value: p75, low: interval[0], high: interval[1] };
  const [one, other] = [estimateOf(before), estimateOf(now)];
  const change = one && other && differenceInterval(one, other);
  return {
    name,
    p75: now.p75,
    interval: now.interval,
    n: now.n,
    good: now.good,
    needsImprovement: now.needsImprovement,
    poor: now.poor,
    before: before.p75,
    change:
      change === null
        ? null
        : {
            value: change.value,
            interval: [change.low, change.high],
            isSure: change.low > 0 || change.high < 0,
          },
  };
}

export function momentFormat(timeZone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (time) => format.format(time);
}
