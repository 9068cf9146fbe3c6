import type { ExplainedRise } from './explainRise.js';
import type { SiteBucket, Where } from './segment.js';
import type { Measured, ShareAlarm, ShareWatchState } from './shareWatch.js';

export interface SiteWatcherOptions {
  /** Of whose clock the hours and days are: IANA name. Default UTC. */
  readonly timeZone?: string;
  /** Length of a bucket, ms: from a minute to an hour. */
  readonly step: number;
  /** Vitals and latencies to watch, by the names in {@link SegmentCounts}. */
  readonly metrics: readonly string[];
  /** How many alarms a week may be chance, over all metrics and segments. Default 0.6; far fewer come, docs/analysis.md. */
  readonly falseAlarmsPerWeek?: number;
  /** What `save` returned, to go on from there. */
  readonly state?: SiteWatcherState;
}

export interface SiteWatcherState {
  readonly version: 3;
  /** By metric; at most 64 KB a segment. */
  readonly metrics: { readonly [metric: string]: ShareWatchState };
  readonly traffic: string;
  /** Begin of the last bucket, epoch ms; null before the first. */
  readonly last: number | null;
  readonly incidents: readonly (Omit<Incident, 'begunBy'> & {
    readonly grain: ShareAlarm['grain'];
    readonly begunBy?: number;
    /** When its place last had a view, epoch ms. */
    readonly seenAt?: number;
  })[];
  /** What is becoming the new usual, by metric. */
  readonly settling?: readonly Settling[];
}

/** Something that lasted for so long that it is no incident any more, though it is not yet usual. */
export interface Settling {
  readonly metric: string;
  readonly where: Where;
  readonly grain: ShareAlarm['grain'];
  /** Epoch ms: until when nothing is said of the metric at most. */
  readonly until: number;
}

/** Something is wrong, from when it was noticed until it is as usual again. */
export interface Incident {
  /** Name of a vital or latency, `errors`, `traffic` (too few come) or `silence` (nobody). */
  readonly metric: string;
  /** Epoch ms: the begin of the first bucket that it was seen in. */
  readonly since: number;
  /** Epoch ms: the end of the bucket with which it was noticed. */
  readonly openedAt: number;
  /** Epoch ms: the end of the first judged bucket that it was seen in. What came up later did not begin it. */
  readonly begunBy: number;
  /** Where it was seen most clearly. */
  readonly where: Where;
  /** Of p75 what is usual, in the metric's unit; else null. */
  readonly threshold: number | null;
  /** Samples; of traffic 0. */
  readonly n: number;
  /** Of these over the threshold, or with an error; of traffic, views. */
  readonly count: number;
  readonly expected: number;
  /** The probability of this by chance, of one test. */
  readonly p: number;
}

export interface SiteNews {
  readonly opened: readonly Incident[];
  readonly resolved: readonly Incident[];
  /**
   * Incidents that are of another metric from now on, as they are now, with the `openedAt` that they had: too few came, and then nobody
   * does (`traffic` is `silence`), or the first ones come back (`silence` is `traffic`).
   */
  readonly turned: readonly Incident[];
}

export interface SiteWatcher {
  /**
   * Judges the next bucket by those before it, and learns it. Buckets without views must be pushed too. One that is not after the
   * last is neither judged nor learnt.
   *
   * @throws {RangeError} Where the time is none, or views are no count; nothing is learnt then.
   */
  readonly push: (bucket: SiteBucket) => SiteNews;
  readonly open: () => readonly Incident[];
  /**
   * Which views make up a rise.
   *
   * @param buckets From the incident's `since` on, and of two weeks before it, or as many as there are: those of the same hours are
   *   what is expected or, where it has lasted for a day, all of them.
   */
  readonly explain: (incident: Incident, buckets: readonly SiteBucket[]) => ExplainedRise;
  /** What was seen in a bucket where an incident is, by what is usual there now; null where that is not known. */
  readonly measure: (incident: Pick<Incident, 'metric' | 'where'>, bucket: SiteBucket) => Measured | null;
  readonly save: () => SiteWatcherState;
}
