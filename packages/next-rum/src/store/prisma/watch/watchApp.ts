import { leaderOf } from '../../../analysis/insights/leaderOf.js';
import {
  isOfViews,
  type WatchedIncident,
  type WatchedMetric,
} from '../../../analysis/insights/watchedIncident.js';
import type { AlertPlan } from '../../noticeStore.js';
import { bucketOf, GRAIN_MS } from '../../rollup/grains.js';
import { addHour, isTimeToExplain } from '../../watch/growIncident.js';
import type { Lease } from '../rollup/jobs.js';
import { readSince } from '../rollup/knowledge.js';
import type { Source } from '../rollup/rollupCells.js';
import { queryRows, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { explainIncident, figureOf, openIncident } from './describeIncident.js';
import { openIncidents, writeIncident } from './incidentRows.js';
import { judgeRules } from './judgeRules.js';
import { queueIncidents } from './queueIncidents.js';
import { readHour } from './readHours.js';
import {
  forgetOthers,
  type Known,
  knowNothing,
  readKnown,
  stateTextOf,
  type WatchRow,
  writeKnown,
  writeWatch,
} from './watchState.js';

export interface AppRun {
  readonly source: Source;
  readonly lease: Lease;
  readonly app: string;
  /** How far it was watched; null where it was not. */
  readonly row: WatchRow | null;
  /** Null: as so far. */
  readonly timeZone: string | null;
  /** Whom to tell; null: nobody. */
  readonly plan: AlertPlan | null;
  readonly now: () => number;
  readonly mostHours: number;
  /** Of `performance.now()`, after which no other hour is begun. */
  readonly deadline: number;
}

export interface AppWatched {
  readonly hours: number;
  readonly opened: number;
  readonly resolved: number;
  readonly isAnew: boolean;
}

/** An hour is over once most of what is sent late has come, ms after its end. */
const PATIENCE_FOR_LATE = 10 * GRAIN_MS.minute;
/** What is learnt from, at most, when watching begins. */
const LONGEST_PAST = 56 * GRAIN_MS.day;
/** Hours of one transaction. */
const HOURS_A_COMMIT = 24;
/** Judged hours that are as usual when an incident is over. */
const CALM_AT_THE_END = 3 * GRAIN_MS.hour;
/** ms */
const TRANSACTION = { maxWait: 5000, timeout: 60_000 };

/** Watches hours of an app that are over and were not watched yet, a day a transaction. */
export async function watchApp(run: AppRun): Promise<AppWatched> {
  const { source, app, now } = run;
  const begun = await begin(run);
  if (begun === null) return { hours: 0, opened: 0, resolved: 0, isAnew: false };
  let { known, row } = begun;
  const changed = new Map(begun.ended.map((each) => [each.id, each]));
  let open = begun.open;
  let [hours, opened, resolved, uncommitted] = [0, 0, 0, 0];

  const commit = async (): Promise<void> => {
    const state = await writeKnown(known);
    await source.client.$transaction(async (transaction) => {
      await run.lease.renew(transaction);
      for (const incident of changed.values()) await writeIncident(transaction, incident);
      if (run.plan !== null) await queueIncidents(transaction, run.plan, [...changed.values()], open, now());
      await writeWatch(transaction, row, state);
    }, TRANSACTION);
    changed.clear();
    uncommitted = 0;
  };

  while (
    row.until + GRAIN_MS.hour + PATIENCE_FOR_LATE <= now() &&
    hours < run.mostHours &&
    performance.now() < run.deadline
  ) {
    const t = row.until;
    const until = t + GRAIN_MS.hour;
    if (t % GRAIN_MS.day === 0) known = forgetOthers(known, row.timeZone);
    const bucket = await readHour(source, app, t, known.choice);
    const news = known.watcher.push(bucket);
    const still: WatchedIncident[] = [];
    for (const each of open) {
      if (each.rule !== null) continue;
      const measured = known.watcher.measure(each, bucket);
      const turned = news.turned.find(({ openedAt }) => isOfViews(each) && openedAt === each.openedAt);
      let incident = measured === null ? each : addHour(each, { t, ...measured });
      // The watcher was made of these.
      if (turned !== undefined) incident = { ...incident, metric: turned.metric as WatchedMetric };
      if (news.resolved.some(({ metric }) => metric === each.metric)) {
        resolved += 1;
        const observed = await figureOf(
          source,
          incident,
          each.began,
          Math.max(each.openedAt, until - CALM_AT_THE_END),
        );
        incident = { ...incident, ended: until, updatedAt: until, observed: observed ?? incident.observed };
      } else {
        if (isTimeToExplain(each, until)) incident = await explainIncident(source, incident, until);
        still.push(incident);
      }
      changed.set(incident.id, incident);
    }
    const begunNow: WatchedIncident[] = [];
    for (const found of news.opened) {
      opened += 1;
      begunNow.push(await explainIncident(source, await openIncident(source, app, known, found), until));
    }
    // Of what begins in one hour, what affects most leads.
    for (const found of begunNow.sort((one, other) => other.affected - one.affected)) {
      const incident = { ...found, partOf: leaderOf(found, still)?.id ?? null };
      still.push(incident);
      changed.set(incident.id, incident);
    }
    const ruled = open.filter(({ rule }) => rule !== null);
    // What was long ago is not to be told by a rule that is new, and whoever knows no rules leaves them alone.
    const isJudged = run.plan !== null && until > now() - GRAIN_MS.day;
    const byRules = isJudged
      ? await judgeRules(source, app, t, run.plan?.watched ?? [], ruled, [...changed.values()])
      : [];
    for (const incident of byRules) {
      if (incident.openedAt === until) opened += 1;
      if (incident.ended !== null) resolved += 1;
      changed.set(incident.id, incident);
    }
    const told = new Map([...ruled, ...byRules].map((each) => [each.id, each]));
    open = [...still, ...[...told.values()].filter(({ ended }) => ended === null)];
    row = { ...row, until };
    hours += 1;
    uncommitted += 1;
    if (uncommitted === HOURS_A_COMMIT) await commit();
  }
  if (uncommitted > 0) await commit();
  return { hours, opened, resolved, isAnew: begun.isAnew && hours > 0 };
}

interface Begun {
  readonly known: Known;
  readonly row: WatchRow;
  readonly open: readonly WatchedIncident[];
  /** Incidents of which nothing is known any more. */
  readonly ended: readonly WatchedIncident[];
  readonly isAnew: boolean;
}

/** Goes on from what is known, or from the first hour that can be learnt from; null where there is nothing to do. */
async function begin(run: AppRun): Promise<Begun | null> {
  const { source, app, row, now } = run;
  if (row !== null && row.until + GRAIN_MS.hour + PATIENCE_FOR_LATE > now()) return null;
  const timeZone = run.timeZone ?? row?.timeZone ?? 'UTC';
  const open = await openIncidents(source.client, app);
  let reason = `the time zone was ${row?.timeZone}`;
  if (row !== null && row.timeZone === timeZone) {
    try {
      const known = await readKnown(await stateTextOf(source.client, app), timeZone);
      return { known, row, open, ended: [], isAnew: false };
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  const first = await firstHour(run);
  if (first === null) return null;
  const note = row === null ? null : reason.slice(0, 500);
  return {
    known: knowNothing(timeZone),
    row: { app, since: first, until: first, timeZone, note, notedAt: note === null ? null : now() },
    open: [],
    ended: open.map((each) => ({ ...each, ended: Math.max(each.updatedAt, row?.until ?? 0) })),
    isAnew: row !== null,
  };
}

/** The first hour all of whose rows are kept, with a view in it. */
async function firstHour({ source, app, now }: AppRun): Promise<number | null> {
  const { raw } = await readSince(source.client);
  const from = Math.max(raw, now() - LONGEST_PAST);
  const [first] = await queryRows<StoredRow>(
    source.client,
    sql`SELECT min(started_at) AS at FROM rum_view WHERE app = ${app} AND started_at >= ${BigInt(Math.ceil(from))}`,
  );
  const at = first?.at ?? null;
  return at === null ? null : bucketOf(Number(at), 'hour');
}
