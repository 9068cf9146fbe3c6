import type { WatchedIncident } from '../analysis/insights/watchedIncident.js';
import type { AlertPlan } from './noticeStore.js';

export interface WatchOptions {
  /** Epoch ms; asked again in the course of the job. */
  readonly now: () => number;
  /**
   * Whose clock the days of an app are of, by app: IANA names. Of apps that are not named the one they were watched by so far, at
   * first UTC. Another one than so far lets watching begin anew.
   */
  readonly timeZones?: { readonly [app: string]: string };
  /** Of which incidents somebody is to be told, by app: put into the outbox in the transaction that writes the incident. */
  readonly alerts?: { readonly [app: string]: AlertPlan };
  /** Most hours of one app in one run, default 336. What is left is for the next run. */
  readonly mostHours?: number;
}

export type WatchResult =
  | { readonly kind: 'busy' }
  | {
      readonly kind: 'done';
      /** Of all apps together. */
      readonly hours: number;
      readonly opened: number;
      readonly resolved: number;
      /** Apps whose watching began anew, since what was known could not be read. */
      readonly begunAnew: readonly string[];
    };

/** How far an app is watched. */
export interface WatchProgress {
  /** Begin of the first hour, epoch ms. */
  readonly since: number;
  /** End of the last one. */
  readonly until: number;
  readonly timeZone: string;
}

export interface IncidentQuestion {
  readonly app: string;
  /** Those that were open at any time in `from <= t < to`, epoch ms. */
  readonly from: number;
  readonly to: number;
}

/** What watches sites, and what it found. */
export interface WatchStore {
  /**
   * Hands what was counted in each hour that is over to the detectors, once and in order, and keeps what they find. Begins with the
   * hours of which single rows are kept, eight weeks at most. Safe to run in several instances.
   */
  watch(options: WatchOptions): Promise<WatchResult>;
  /** Open ones first, then by what they affect, most first; at most `limit`. */
  incidents(question: IncidentQuestion, limit: number): Promise<readonly WatchedIncident[]>;
  incident(app: string, id: string): Promise<WatchedIncident | null>;
  /** Writes incidents, each in the place of what is known of it. */
  saveIncidents(incidents: readonly WatchedIncident[]): Promise<void>;
  /** Null where it is not watched yet. */
  watchProgress(app: string): Promise<WatchProgress | null>;
}
