import { incidentWords } from '../../analysis/insights/incidentWords.js';
import type { WatchedIncident } from '../../analysis/insights/watchedIncident.js';
import { toldAt } from '../../analysis/rules/toldAt.js';
import type { NoticeOutcome, StoredNotice, ToldIncident } from '../../store/noticeStore.js';
import type { RumStore } from '../../store/store.js';
import type { RumConfig } from '../config.js';
import { type Log, reasonOf } from '../log.js';
import { type ReportConfig, sendReport } from '../report/sendReport.js';
import { readSnoozes } from '../snoozes.js';
import { alertPlans } from './alertPlan.js';
import type { Notice, Notifier } from './notifier.js';

export interface Delivery {
  readonly store: RumStore;
  readonly config: ReportConfig;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: Log;
  /** Id of the one that is to be sent; default all that are due. */
  readonly only?: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** After each attempt that failed; then it is given up. */
const PAUSES = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR] as const;
/** Longer than any attempt takes. */
const HOLD = 2 * MINUTE;
const AT_ONCE = 20;
/** Longest that a notifier of one's own may take, ms. */
const PATIENCE = 30 * SECOND;

/** Sends what is due, each to whom it is for. What cannot be sent is due again after a pause, longer each time. */
export async function deliverNotices(delivery: Delivery): Promise<number> {
  const { store, now, only } = delivery;
  const due = await store.takeNotices(now(), {
    holdMs: HOLD,
    limit: AT_ONCE,
    ...(only !== undefined && { only }),
  });
  await Promise.all(due.map(async (notice) => store.finishNotice(notice, await outcomeOf(delivery, notice))));
  return due.length;
}

async function outcomeOf(delivery: Delivery, notice: StoredNotice): Promise<NoticeOutcome> {
  const { config, now, log, store } = delivery;
  try {
    const { until } = await readSnoozes(store, notice.app, 'incidents');
    const snoozedUntil = notice.incident === null ? 0 : (until[notice.incident] ?? 0);
    // Nobody knows yet what it will be like then: whether it is to be told is asked again.
    if (snoozedUntil > now()) return { state: 'put off', dueAt: snoozedUntil };
    const dueAt = await allowedAt(delivery, notice);
    if (dueAt > now()) return { state: 'put off', dueAt };
    if (notice.kind === 'report')
      return { state: (await sendReport(store, config, notice)) ? 'sent' : 'over', at: now() };
    const notifier = config.alerts?.notifiers.find(({ name }) => name === notice.notifier);
    if (notifier === undefined) throw new Error(`there is no notifier ${notice.notifier} any more`);
    await withPatience(notifier, toNotice({ ...notice, kind: notice.kind }, config));
    return { state: 'sent', at: now() };
  } catch (error) {
    const reason = reasonOf(error);
    log('notice_not_sent', { notifier: notice.notifier, id: notice.id, attempts: notice.attempts, reason });
    const pause = notice.kind === 'test' ? undefined : PAUSES[notice.attempts - 1];
    return pause === undefined
      ? { state: 'failed', at: now(), error: reason }
      : { state: 'waiting', dueAt: now() + pause, error: reason };
  }
}

/** When somebody may be told of it: the hours of its rule may be over by now, or somebody has muted it. */
async function allowedAt(
  { store, config, now }: Delivery,
  { app, incident, body }: StoredNotice,
): Promise<number> {
  const plan = alertPlans({ ...config, app })[app];
  if (plan === undefined || incident === null) return now();
  const { until } = await readSnoozes(store, app, 'rules');
  return toldAt(plan, JSON.parse(body) as WatchedIncident, now(), until);
}

async function withPatience(notifier: Notifier, notice: Notice): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${PATIENCE / SECOND} s`)), PATIENCE);
  });
  try {
    await Promise.race([notifier.send(notice), late]);
  } finally {
    clearTimeout(timer);
  }
}

const TITLES = { opened: 'Incident', resolved: 'Resolved', test: 'Test' } as const;
const TEST = 'this is how a message arrives';

/** What is sent of what was put down. */
export function toNotice(
  { id, kind, app, body }: Pick<StoredNotice, 'id' | 'app' | 'body'> & Pick<Notice, 'kind'>,
  { alerts, timeZone }: Pick<RumConfig, 'alerts' | 'timeZone'>,
): Notice {
  // Only this package writes it.
  const stored = JSON.parse(body) as (Omit<ToldIncident, 'parts'> & Partial<ToldIncident>) | null;
  // One of an earlier version has no parts.
  const incident = stored && { ...stored, parts: stored.parts ?? [] };
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  const moment = (time: number): string => format.format(time);
  const words = incident && incidentWords(incident, moment);
  const adminUrl = alerts?.adminUrl;
  return {
    id,
    kind,
    app,
    title: `${TITLES[kind]}: ${words?.sentence ?? TEST}`,
    words,
    also: (incident?.parts ?? []).map((part) => incidentWords(part, moment).sentence),
    incident,
    url:
      incident === null || adminUrl === undefined
        ? null
        : `${adminUrl.replace(/\/$/, '')}/insights/${incident.id}`,
  };
}
