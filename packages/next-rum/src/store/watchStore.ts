import type { Where } from '../analysis/detectors/segment.js';
import type { Measured } from '../analysis/detectors/shareWatch.js';
import type { Interval, JobOptions, ReleaseStart } from './store.js';

/** What is watched of a site, besides errors and how many come. Vitals in ms, CLS unitless. */
export const WATCHED_VITALS = ['lcp', 'inp', 'cls', 'ttfb'] as const;
/** `traffic`: too few come; `silence`: nobody does. */
export const WATCHED_METRICS = [...WATCHED_VITALS, 'errors', 'traffic', 'silence'] as const;
export type WatchedMetric = (typeof WATCHED_METRICS)[number];

/** One hour, and what would have been usual in it. */
export interface IncidentHour extends Measured {
  /** Its beginning, epoch ms. */
  readonly t: number;
}

/** A 75th percentile, in the unit of its vital. */
export interface IncidentFigure {
  readonly p75: number | null;
  /** 95 %, by order statistics; null where there are too few views. */
  readonly interval: Interval | null;
  readonly n: number;
}

/** One way to say where a rise comes from. */
export interface IncidentCause {
  /** One place, or a few of the same dimensions; an empty one: everywhere alike. Besides dimensions there are `element` and `resource`. */
  readonly places: readonly Where[];
  readonly n: number;
  /** Of these over the threshold, or with an error. */
  readonly count: number;
  readonly expected: number;
  /** Of the whole rise the share that happened here, 0–1; more where it fell elsewhere. */
  readonly share: number;
}

/** Something was not as usual, from when it began until it was over. */
export interface WatchedIncident {
  readonly app: string;
  /** Of its app: the metric and when it was noticed, so that whoever finds it finds the same. */
  readonly id: string;
  readonly metric: WatchedMetric;
  /** Begin of the first hour in which it was seen, epoch ms. */
  readonly began: number;
  /** End of the hour with which it was noticed, epoch ms. */
  readonly openedAt: number;
  /** End of the hour with which it was over, epoch ms; null while it is not. */
  readonly ended: number | null;
  /** End of the last hour that is told of, epoch ms. */
  readonly updatedAt: number;
  /** How many views were over the threshold, had an error, or did not come, beyond what is usual. */
  readonly affected: number;
  /** Where it was seen most clearly: one value, or the whole site. */
  readonly where: Where;
  /** Of vitals what a quarter of the views usually exceed, in its unit; else null. */
  readonly threshold: number | null;
  /** Of all its hours together: samples (of traffic 0), how many of them, and how many would be usual. */
  readonly n: number;
  readonly count: number;
  readonly expected: number;
  /** Of vitals: of the week before it, and since then. Null of others. */
  readonly usual: IncidentFigure | null;
  readonly observed: IncidentFigure | null;
  /** Likeliest first, at most three. */
  readonly causes: readonly IncidentCause[];
  /** From how many single views the causes were told; null where nothing was read. */
  readonly explainedFrom: number | null;
  /** That was first seen within the six hours before it began, or since then until it was noticed; the nearest. */
  readonly release: ReleaseStart | null;
  /** Those before it too, at most {@link MOST_INCIDENT_HOURS}, the latest. */
  readonly hours: readonly IncidentHour[];
}

/** Two weeks, and two days. */
export const MOST_INCIDENT_HOURS = 384;

export interface WatchOptions extends JobOptions {
  /**
   * Whose clock the days of an app are of, by app: IANA names. Of apps that are not named the one they were watched by so far, at
   * first UTC. Another one than so far lets watching begin anew.
   */
  readonly timeZones?: { readonly [app: string]: string };
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
  /** How many are open now. */
  countOpenIncidents(app: string): Promise<number>;
  /** Null where it is not watched yet. */
  watchProgress(app: string): Promise<WatchProgress | null>;
}
