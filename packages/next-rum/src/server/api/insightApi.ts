import type { IncidentHour, WatchedIncident } from '../../analysis/insights/watchedIncident.js';
import type { AlertWindow } from '../../analysis/rules/alertSchedule.js';
import type { ErrorRule } from '../../analysis/rules/judgeErrors.js';
import type { WatchedRule } from '../../analysis/rules/judgeRule.js';
import type { Comparison, ComparisonFinding } from '../../store/comparisonStore.js';
import type { StoredNotice } from '../../store/noticeStore.js';
import type { TrendFinding, Trends } from '../../store/trendStore.js';
import type { WatchProgress } from '../../store/watchStore.js';
import type { ResolvedRange } from './commonApi.js';

/** What was found unusual, without its hours. */
export interface Insight extends Omit<WatchedIncident, 'app' | 'hours'> {
  /** Epoch ms until when nobody is to be told of it; null where that was not said, or is over. */
  readonly snoozedUntil: number | null;
  /** Those that are one with it, of other metrics; empty where it is one by itself. */
  readonly together: readonly Pick<WatchedIncident, 'id' | 'metric' | 'where' | 'rule'>[];
}

/**
 * `GET {endpoint}/admin/insights` with the parameters of a {@link Question}: what was unusual in its time, open ones first, then by
 * how many views it affects, at most 100. A filter keeps what may concern such views. Only visitors are watched.
 */
export interface InsightsResponse {
  readonly range: ResolvedRange;
  /** From when until when hours were watched, and by whose clock; null where none was yet. */
  readonly watched: WatchProgress | null;
  /** How many are open now and not snoozed, whatever the time and the filters; those that are one count once. */
  readonly open: number;
  readonly insights: readonly Insight[];
  readonly truncated: boolean;
}

/** `GET {endpoint}/admin/insight?id=…` */
export interface InsightResponse extends Insight {
  readonly hours: readonly IncidentHour[];
}

/** A difference that a release or a flag made. */
export interface ComparedFinding extends ComparisonFinding {
  /** As of {@link Insight}. */
  readonly snoozedUntil: number | null;
}

/** A release or a variant of a flag, with what differs. */
export interface ComparedChange extends Omit<Comparison, 'findings'> {
  readonly findings: readonly ComparedFinding[];
}

/**
 * `GET {endpoint}/admin/comparisons` with the parameters of a {@link Question}: whether views with the latest releases of its time, and with
 * variants of flags, differ from those without. The latest release first, then flags.
 */
export interface ComparisonsResponse {
  readonly range: ResolvedRange;
  /** When it was looked for, epoch ms: up to an hour ago, where nothing is filtered and the time is not over. Then flags are those of 30 days. */
  readonly madeAt: number;
  readonly changes: readonly ComparedChange[];
}

/** Something that rises, falls, or changed its level over the weeks. */
export type FoundTrend = TrendFinding & {
  /** As of {@link Insight}. */
  readonly snoozedUntil: number | null;
};

/**
 * `GET {endpoint}/admin/trends` with the parameters of a {@link Question}: what rose, fell or changed its level in the 56 finished UTC days
 * before the end of its time, of all views and of the 20 busiest routes. Of filters those of routes leave out what is of others; what is an
 * incident of its time too is left out.
 */
export interface TrendsResponse extends Omit<Trends, 'findings'> {
  readonly range: ResolvedRange;
  /** When it was looked for, epoch ms: up to an hour ago, for the days before today. */
  readonly madeAt: number;
  readonly findings: readonly FoundTrend[];
}

/** `POST {endpoint}/admin/insights` */
export type InsightChange =
  | { readonly do: 'snooze'; readonly id: string; readonly hours: number }
  | { readonly do: 'wake'; readonly id: string };

/** A message, without what it says. */
export type NoticeLine = Omit<StoredNotice, 'app' | 'body'>;

/** A rule, and how it stands. */
export interface AlertRuleState {
  /** By which it is muted. */
  readonly name: string;
  readonly kind: 'anomaly' | ErrorRule['kind'] | WatchedRule['kind'];
  /** What it says, in words. */
  readonly says: string;
  /** When somebody may be told; empty: always. */
  readonly schedule: readonly AlertWindow[];
  /** When somebody may be told next, epoch ms; null where it is now. */
  readonly nextWindow: number | null;
  /** Epoch ms; null where it is not muted. */
  readonly mutedUntil: number | null;
  /** Its incidents that are open now, latest first. */
  readonly open: readonly Pick<WatchedIncident, 'id' | 'openedAt'>[];
  /** Of the messages listed, how many it sent, and when the last one was sent, epoch ms. */
  readonly sent: number;
  readonly lastSentAt: number | null;
}

/** `GET {endpoint}/admin/alerts`: who is told of incidents, and what they were told, latest first, at most 200. */
export interface AlertsResponse {
  /** By name. */
  readonly notifiers: readonly string[];
  readonly rules: readonly AlertRuleState[];
  /** End of the last hour that was judged, epoch ms; null where none was. By whose clock schedules are read. */
  readonly judgedUntil: number | null;
  readonly timeZone: string;
  readonly notices: readonly NoticeLine[];
  readonly truncated: boolean;
}

/** `POST {endpoint}/admin/alerts` */
export type AlertChange =
  | { readonly do: 'test'; readonly notifier: string }
  | { readonly do: 'mute'; readonly rule: string; readonly hours: number }
  | { readonly do: 'unmute'; readonly rule: string };
