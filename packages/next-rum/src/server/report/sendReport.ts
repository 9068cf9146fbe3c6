import { type ReportWeek, reportWeek } from '../../analysis/report/reportWeek.js';
import type { StoredNotice } from '../../store/noticeStore.js';
import type { RumStore } from '../../store/store.js';
import type { RumConfig } from '../config.js';
import type { ReportMessage, WeekReport } from './report.js';
import { reportHtml } from './reportHtml.js';
import { reportText } from './reportText.js';
import { weekWords } from './reportWords.js';
import { type ReportQuestion, weekReport } from './weekReport.js';

/** What of a configuration reports go by. */
export type ReportConfig = Pick<RumConfig, 'app' | 'timeZone' | 'report' | 'alerts'>;

/** What is due longer is not sent any more, ms: whoever begins on a Wednesday gets no report of last week. */
const NEWS = 24 * 3_600_000;
const DAY = 'mon';
const AT = '08:00';
/** What the log of messages calls it. */
const NOTIFIER = 'report';

/**
 * Puts the report that is due into the outbox, whose key has each week once, however many instances do this however often. What is in it is told
 * when it is sent.
 */
export async function queueReport(
  store: Pick<RumStore, 'queueNotice'>,
  config: ReportConfig,
  now: number,
): Promise<void> {
  const { report, app, timeZone } = config;
  if (report === null) return;
  const week = reportWeek({ day: report.day ?? DAY, at: report.at ?? AT, timeZone }, now);
  if (week.due < now - NEWS) return;
  await store.queueNotice(reportNotice(app, week, now));
}

function reportNotice(app: string, week: ReportWeek, now: number): StoredNotice {
  return {
    app,
    id: `report.${week.name}`,
    notifier: NOTIFIER,
    kind: 'report',
    incident: null,
    createdAt: now,
    dueAt: now,
    attempts: 0,
    state: 'waiting',
    finishedAt: null,
    error: null,
    body: JSON.stringify(week),
  };
}

/** Tells what the week of a message was like and sends it. @returns False where there was nobody, in two weeks. */
export async function sendReport(
  store: RumStore,
  { app, timeZone, report, alerts }: ReportConfig,
  { id, body }: Pick<StoredNotice, 'id' | 'body'>,
): Promise<boolean> {
  if (report === null) throw new Error('there is no report any more');
  // Only this package writes it.
  const week = JSON.parse(body) as ReportWeek;
  const adminUrl = report.adminUrl ?? alerts?.adminUrl ?? null;
  const told = await weekReport(store, { app, week, timeZone, adminUrl } satisfies ReportQuestion);
  if (told.totals.views + told.totalsBefore.views === 0) return false;
  await report.sender.send(reportMessage(`${app}.${id}`, told));
  return true;
}

export function reportMessage(id: string, report: WeekReport): ReportMessage {
  return {
    id,
    subject: `[${report.app}] Week of ${weekWords(report)}`,
    text: reportText(report),
    html: reportHtml(report),
    report,
  };
}
