import type { WatchedIncident } from '../analysis/insights/watchedIncident.js';
import type { ErrorRule } from '../analysis/rules/judgeErrors.js';
import type { WatchedRule } from '../analysis/rules/judgeRule.js';
import type { TellingRules } from '../analysis/rules/toldAt.js';

/**
 * `waiting`: to be sent, or to be tried again; what is snoozed waits until that ends. `muted`: it was snoozed when that made an end of it, as
 * it did once. `over`: its incident was over before anybody was to be told.
 * `failed`: given up.
 */
export type NoticeState = 'waiting' | 'sent' | 'muted' | 'over' | 'failed';

/** What somebody is told of: an incident that was noticed, or that is over; nothing, to see whether it arrives; or what a week was like. */
export type NoticeKind = 'opened' | 'resolved' | 'test' | 'report';

/** What is told of an incident. */
export interface ToldIncident extends Omit<WatchedIncident, 'hours'> {
  /** Of other metrics, that are one with it and were noticed in the same hour. */
  readonly parts: readonly Omit<WatchedIncident, 'hours'>[];
}

/** Something that somebody is to be told by a notifier. */
export interface StoredNotice {
  readonly app: string;
  /** Of its app. The same message always has the same, so that nobody need be told twice. */
  readonly id: string;
  readonly notifier: string;
  readonly kind: NoticeKind;
  /** Null of a test and a report. */
  readonly incident: string | null;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Not to be sent before, epoch ms. */
  readonly dueAt: number;
  readonly attempts: number;
  readonly state: NoticeState;
  /** When it was sent or given up, epoch ms; null before. */
  readonly finishedAt: number | null;
  /** Why the last attempt failed; null where it did not. */
  readonly error: string | null;
  /** The incident as it was then, JSON of a {@link ToldIncident}; of a test `null`, of a report its week. */
  readonly body: string;
}

/** Of which incidents of an app somebody is told, and when. */
export interface AlertPlan extends TellingRules {
  /** Names. */
  readonly notifiers: readonly string[];
  /** Whoever is told at all is told of it. */
  readonly watched: readonly (WatchedRule | ErrorRule)[];
}

/** What became of an attempt to send. */
export type NoticeOutcome =
  | { readonly state: 'sent' | 'over'; readonly at: number }
  | { readonly state: 'failed'; readonly at: number; readonly error: string }
  | { readonly state: 'waiting'; readonly dueAt: number; readonly error: string }
  /** Nobody is to be told now; that is no attempt. */
  | { readonly state: 'put off'; readonly dueAt: number };

/** The outbox. */
export interface NoticeStore {
  /** Puts one down to be sent; one that is there already stays as it is. */
  queueNotice(notice: StoredNotice): Promise<void>;
  /**
   * Takes those that are due, the oldest first, and counts an attempt of each. Whoever else asks is not given them for `holdMs`;
   * after that they are due again, since whoever had them may have ended.
   */
  takeNotices(
    now: number,
    options: { readonly holdMs: number; readonly limit: number; readonly only?: string },
  ): Promise<readonly StoredNotice[]>;
  finishNotice(notice: Pick<StoredNotice, 'app' | 'id'>, outcome: NoticeOutcome): Promise<void>;
  /** What waits because an incident is snoozed need not any more. */
  hurryNotices(app: string, incident: string, now: number): Promise<void>;
  /** Latest first. */
  notices(app: string, limit: number): Promise<readonly StoredNotice[]>;
}
