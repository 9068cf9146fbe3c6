import type { Where } from '../detectors/segment.js';
import type { Measured } from '../detectors/shareWatch.js';

/** What is watched of a site, besides errors and how many come. Vitals in ms, CLS unitless. */
export const WATCHED_VITALS = ['lcp', 'inp', 'cls', 'ttfb'] as const;
/** `traffic`: too few come; `silence`: nobody does. */
export const WATCHED_METRICS = ['lcp', 'inp', 'cls', 'ttfb', 'errors', 'traffic', 'silence'] as const;
export type WatchedMetric = (typeof WATCHED_METRICS)[number];

/** Whether it is about how many come, which is one thing whether few do or none. */
export function isOfViews({ metric }: Pick<WatchedIncident, 'metric'>): boolean {
  return metric === 'traffic' || metric === 'silence';
}

/** One hour, and what would have been usual in it. */
export interface IncidentHour extends Measured {
  /** Its beginning, epoch ms. */
  readonly t: number;
}

/** A 75th percentile, in the unit of its vital. */
export interface IncidentFigure {
  readonly p75: number | null;
  /** 95 %, by order statistics; null where there are too few views. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly n: number;
}

/** One way to say where a rise comes from. */
export interface IncidentCause {
  /**
   * One place, or a few of the same dimensions; an empty one: everywhere alike. Besides dimensions there are `element`, `resource`
   * and `api`, the call that was slow.
   */
  readonly places: readonly Where[];
  readonly n: number;
  /** Of these over the threshold, or with an error. */
  readonly count: number;
  readonly expected: number;
  /** Of the whole rise the share that happened here, 0–1; more where it fell elsewhere. */
  readonly share: number;
  /** Where the first place names a call: its key, as of the page of its request. */
  readonly request?: string | undefined;
}

/** What somebody said must not be. */
export interface IncidentRule {
  readonly name: string;
  /**
   * `threshold`: p75, or the share of errors, is above something. `budget`: bad views come faster than they may. `newError`,
   * `regressedError`: an error that was never seen, or is back.
   */
  readonly kind: 'threshold' | 'budget' | 'newError' | 'regressedError';
  /** The share of views that may be bad, 0–1. Of an error 0. */
  readonly share: number;
}

/** An error that was never seen before, or that is back. */
export interface IncidentError {
  readonly fingerprint: string;
  /** What its group is called; null where no single one was kept. */
  readonly title: string | null;
  /** Until it was noticed, of a day at most. */
  readonly events: number;
  /** Different ones, among its latest thousand, when it was noticed. */
  readonly visitors: number;
  /** Epoch ms. */
  readonly firstSeen: number;
  /** When it was last seen before it was gone, epoch ms; null of one that was never seen. */
  readonly lastBefore: number | null;
  /** Where most of them happened, and in which release; null where none is known. */
  readonly route: string | null;
  readonly release: string | null;
}

/** Something was not as usual, from when it began until it was over. */
export interface WatchedIncident {
  readonly app: string;
  /** Of its app: the metric and when it was noticed, so that whoever finds it finds the same. */
  readonly id: string;
  readonly metric: WatchedMetric;
  /** The rule that held; null where it is not as usual. */
  readonly rule: IncidentRule | null;
  /** Id of the incident that it is one with, as {@link leaderOf} tells; null of the first one, and of one by itself. */
  readonly partOf: string | null;
  /** Begin of the first hour in which it was seen, epoch ms; where several hours were judged as one, of that of a release within them. */
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
  /** That were noticed together, most events first; of what a rule about errors found, else none. */
  readonly errors: readonly IncidentError[];
  /** From how many single views the causes were told; null where nothing was read. */
  readonly explainedFrom: number | null;
  /** That was first seen within the six hours before it began, or since then until it was noticed; the nearest. */
  readonly release: { readonly release: string; readonly at: number } | null;
  /** Those before it too, at most {@link MOST_INCIDENT_HOURS}, the latest. */
  readonly hours: readonly IncidentHour[];
}

/** Two weeks, and two days. */
export const MOST_INCIDENT_HOURS = 384;
