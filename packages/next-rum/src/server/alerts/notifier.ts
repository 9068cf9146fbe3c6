import type { IncidentWords } from '../../analysis/insights/incidentWords.js';
import type { WatchedMetric } from '../../analysis/insights/watchedIncident.js';
import type { AlertWindow } from '../../analysis/rules/alertSchedule.js';
import type { ErrorRule } from '../../analysis/rules/judgeErrors.js';
import type { BudgetRule, ThresholdRule } from '../../analysis/rules/judgeRule.js';
import type { ToldIncident } from '../../store/noticeStore.js';

/** What somebody is told. */
export interface Notice {
  /** The same whenever the same is told again, which happens where an answer got lost. */
  readonly id: string;
  /** An incident was noticed, or is over; or nothing is the matter and this is a test. */
  readonly kind: 'opened' | 'resolved' | 'test';
  readonly app: string;
  /** In one line, such as `Incident: Since 12 Nov 14:00, p75 LCP …`. */
  readonly title: string;
  /** In sentences; null of a test. */
  readonly words: IncidentWords | null;
  /** Of its parts, the other metrics that are one with it, a sentence each. */
  readonly also: readonly string[];
  /** The incident as it was then, with its parts; null of a test. Times in epoch ms, vitals in ms, CLS unitless. */
  readonly incident: ToldIncident | null;
  /** Where the admin shows it; null where `adminUrl` is not set, and of a test. */
  readonly url: string | null;
}

/**
 * Tells somebody of an incident.
 *
 * @example
 * ```ts
 * const pager: Notifier = {
 *   name: 'pager',
 *   send: async ({ id, title }) => {
 *     await page({ dedupKey: id, text: title });
 *   },
 * };
 * ```
 */
export interface Notifier {
  /** 1 to 40 letters, digits, `-` or `_`: names it in the log. One of another name is told anew. */
  readonly name: string;
  /** Resolves once it has arrived. After a rejection it is tried again, for about a day. */
  readonly send: (notice: Notice) => Promise<void>;
}

/** Of which unusual hours somebody is told. */
export interface AnomalyRule {
  readonly kind: 'anomaly';
  /** 1 to 40 letters, digits, `-` or `_`; of its own. Default `anomaly`, of several `anomaly-2` and so on. */
  readonly name?: string;
  /** Of these metrics only; default all. */
  readonly metrics?: readonly WatchedMetric[];
  /** Once it affects so many views beyond what is usual; default 1. */
  readonly minAffected?: number;
  /** When somebody may be told; default always. */
  readonly schedule?: readonly AlertWindow[];
}

/** Of what somebody is told: what is unusual, or what must not be. */
export type AlertRule = AnomalyRule | ThresholdRule | BudgetRule | ErrorRule;

/** Who is told of what. */
export interface AlertOptions {
  /** At most 20, of different names. */
  readonly notifiers: readonly Notifier[];
  /** At most 20. Of what is unusual one of them must hold; default: all of it. */
  readonly rules?: readonly AlertRule[];
  /** Where the admin is found, such as `https://shop.example/admin/rum`, for the link in messages. */
  readonly adminUrl?: string;
}
