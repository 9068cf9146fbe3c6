import {
  type NextNumber,
  readStateNumbers,
  takeNumbers,
  writeStateNumbers,
} from '../anomaly/stateNumbers.js';
import type { WallClock } from '../anomaly/wallClock.js';
import { emptyHistogram, type LogHistogram } from '../logHistogram.js';
import { type Above, type Baseline, createErrorBaseline, createPercentileBaseline } from './baseline.js';
import { BAND } from './countSeries.js';
import type { RiseRow } from './explainRise.js';
import { createSeason } from './season.js';
import {
  type SegmentCounts,
  SITE_KEY,
  type SiteBucket,
  segmentKey,
  type Where,
  whereOfKey,
} from './segment.js';
import { createShareSeries, type ShareLimits, type ShareSeries, type ShareVerdict } from './shareSeries.js';
import { usualShares } from './usualShares.js';
import { likelierByScores, normalScores, scoresOf } from './valueScores.js';

/** What one segment says of a bucket, or of the days up to now. */
export interface ShareAlarm extends ShareVerdict {
  readonly where: Where;
  readonly threshold: number | null;
  readonly grain: 'bucket' | 'day';
}

/** Whether what is seen teaches what is usual: never, unless it is unusual, or whatever it is. */
export type Teaching = 'never' | 'calm' | 'always';

/** Watches one metric in all segments of a site. */
export interface ShareWatch {
  readonly push: (bucket: SiteBucket, teaching: Teaching) => readonly ShareAlarm[];
  /** Whether it has been as usual there for long enough: three judged buckets in a row, or two days. */
  readonly isOver: (alarm: Pick<ShareAlarm, 'where' | 'grain'>) => boolean;
  /** An incident is over: what it was seen in is not to be seen again. */
  readonly forget: () => void;
  /** What is true so far is no longer. */
  readonly doubt: () => void;
  /**
   * By the threshold that is usual where an alarm was.
   *
   * @param before What was counted when all was as usual; where that is too little, what was learnt is expected, which was learnt of
   *   each segment at times of its own.
   */
  readonly rows: (
    alarm: Pick<ShareAlarm, 'where' | 'n' | 'expected'>,
    segments: readonly SegmentCounts[],
    before: readonly SegmentCounts[],
  ) => readonly RiseRow[];
  /** What was seen somewhere in a bucket, by what is usual there now; null where that is not known. */
  readonly measure: (where: Where, bucket: SiteBucket) => Measured | null;
  readonly save: () => ShareWatchState;
}

/** What was counted somewhere in one bucket, and what would have been usual. */
export interface Measured {
  /** Samples; of traffic 0. */
  readonly n: number;
  /** Of these over the threshold, or with an error; of traffic, views. */
  readonly count: number;
  readonly expected: number;
  /** Between which counts 95 of 100 such buckets lie, by the normal approximation. */
  readonly low: number;
  readonly high: number;
}

/** Texts of `writeStateNumbers`. */
export interface ShareWatchState {
  readonly own: string;
  /** By key. */
  readonly segments: { readonly [key: string]: string };
}

export interface ShareWatchOptions {
  /** A vital or latency, or `errors`. */
  readonly metric: string;
  readonly wallClock: WallClock;
  /** ms. */
  readonly step: number;
  readonly state?: ShareWatchState | undefined;
}

interface Watched {
  readonly where: Where;
  readonly baseline: Baseline;
  readonly series: ShareSeries;
  readonly days: ShareSeries;
  today: { n: number; count: number; expected: number };
}

const DAY = 86_400_000;
/** p75 a tenth higher, where the logarithm's standard deviation is a half; errors half as many again. */
const LIMITS: { readonly [kind in 'vital' | 'errors']: ShareLimits } = {
  vital: { lift: 1.2, fewest: 10 },
  errors: { lift: 1.6, fewest: 6 },
};
/** Before anything is known: by how much shares vary from bucket to bucket, and from day to day, as a dispersion. */
const USUAL_DISPERSION = { bucket: 0.002, day: 0.0003 };
/** Nothing is said before, ms. */
const WARM_UP = 3 * DAY;
/** Samples of which it can be told what was usual. */
const ENOUGH = 150;
const NOTHING: Above = { n: 0, count: 0 };
/** Judged buckets in a row that must be as usual before it is over. */
const CALM_TO_RESOLVE = { bucket: 3, day: 2 } as const;
/** No release has a past of its own. */
const NOT_WATCHED = 'release';

/** @throws {RangeError} Where the state is not one. */
export function createShareWatch({ metric, wallClock, step, state }: ShareWatchOptions): ShareWatch {
  const isErrors = metric === 'errors';
  const limits = isErrors ? LIMITS.errors : LIMITS.vital;
  const all = new Map<string, Watched>();
  const saved = state && takeNumbers(readStateNumbers(state.own));
  let first = saved ? saved() : Number.NaN;
  let dayNow = saved ? saved() : Number.NaN;
  const season = createSeason(wallClock, 'shares', saved);

  const watch = (where: Where, next?: NextNumber): Watched => ({
    where,
    baseline: isErrors ? createErrorBaseline(next) : createPercentileBaseline(metric, next),
    series: createShareSeries(limits, next),
    days: createShareSeries(limits, next),
    today: { n: next ? next() : 0, count: next ? next() : 0, expected: next ? next() : 0 },
  });
  for (const [key, text] of Object.entries(state?.segments ?? {}))
    all.set(key, watch(whereOfKey(key), takeNumbers(readStateNumbers(text))));

  const watchedOf = ({ key, where }: SegmentCounts): Watched => {
    const known = all.get(key);
    if (known !== undefined) return known;
    const watched = watch(where);
    all.set(key, watched);
    return watched;
  };

  const turnDay = (t: number): ShareAlarm[] => {
    const alarms: ShareAlarm[] = [];
    const site = all.get(SITE_KEY);
    const prior = site?.days.dispersion.value(USUAL_DISPERSION.day) ?? USUAL_DISPERSION.day;
    for (const watched of all.values()) {
      const { n, count, expected } = watched.today;
      watched.today = { n: 0, count: 0, expected: 0 };
      if (n === 0) continue;
      const known = watched.baseline.known();
      const verdict = watched.days.push(
        { t: t - DAY, until: t, n, count, share: expected / n, known },
        prior,
      );
      if (verdict)
        alarms.push({
          ...verdict,
          where: watched.where,
          threshold: watched.baseline.threshold(),
          grain: 'day',
        });
    }
    site?.baseline.turn(Number.NaN);
    for (const watched of all.values())
      if (watched !== site) watched.baseline.turn(site?.baseline.share() ?? Number.NaN);
    return alarms;
  };

  return {
    push: ({ t, segments }, teaching) => {
      if (Number.isNaN(first)) first = t;
      const day = Math.floor(wallClock(t) / DAY);
      const alarms: ShareAlarm[] = [];
      if (day > dayNow || Number.isNaN(dayNow)) {
        if (!Number.isNaN(dayNow)) alarms.push(...turnDay(t));
        dayNow = day;
      }
      const middle = t + step / 2;
      const factor = season.factorAt(middle);
      const site = all.get(SITE_KEY);
      const isTaught = ({ series }: Watched): boolean =>
        teaching === 'always' || (teaching === 'calm' && !series.isHot(t));
      const prior = site?.series.dispersion.value(USUAL_DISPERSION.bucket) ?? USUAL_DISPERSION.bucket;
      for (const segment of segments) {
        if (NOT_WATCHED in segment.where) continue;
        const watched = watchedOf(segment);
        if (watched.series.isStale(t)) watched.baseline.settle(isTaught(watched));
        watched.baseline.hold(segment);
        const usual = watched.baseline.share();
        const { n, count } = watched.baseline.above(segment);
        if (n > 0 && !Number.isNaN(usual)) {
          const share = Math.min(0.95, usual * factor);
          if (t - first >= WARM_UP) {
            const known = watched.baseline.known();
            const verdict = watched.series.push({ t, until: t + step, n, count, share, known }, prior);
            if (verdict)
              alarms.push({
                ...verdict,
                where: watched.where,
                threshold: watched.baseline.threshold(),
                grain: 'bucket',
              });
            watched.today.n += n;
            watched.today.count += count;
            watched.today.expected += n * share;
          }
          if (segment.key === SITE_KEY && isTaught(watched)) season.learn(middle, count, n * usual);
        }
        if (teaching !== 'calm' || !watched.series.waits()) watched.baseline.settle(isTaught(watched));
      }
      return alarms;
    },
    isOver: ({ where, grain }) => {
      const watched = all.get(segmentKey(where));
      return (
        watched === undefined || watched[grain === 'day' ? 'days' : 'series'].calm() >= CALM_TO_RESOLVE[grain]
      );
    },
    forget: () => {
      for (const watched of all.values()) {
        watched.series.forget();
        watched.days.forget();
        watched.today = { n: 0, count: 0, expected: 0 };
      }
    },
    doubt: () => {
      for (const { baseline } of all.values()) baseline.doubt();
    },
    rows: ({ where, n, expected }, segments, before) => {
      const judge = all.get(segmentKey(where))?.baseline;
      if (judge === undefined) return [];
      const seen = before.map((segment) => ({ where: segment.where, ...judge.above(segment) }));
      const isSeen = (seen.find((each) => Object.keys(each.where).length === 0)?.n ?? 0) >= ENOUGH;
      const learnt = [...all.values()].map((each) => ({
        where: each.where,
        ...each.baseline.usuallyAbove(judge),
      }));
      const shareOf = usualShares(isSeen ? seen : learnt);
      const likelierOf = isSeen && !isErrors ? likelierBy(metric, before) : null;
      // By what the time of day makes a difference, as it was when it was noticed.
      const factor = isSeen ? 1 : expected / (n * judge.share());
      return segments.flatMap((segment): RiseRow[] => {
        // A release is expected to be as all others were.
        const { [NOT_WATCHED]: _, ...elsewhere } = segment.where;
        const own = judge.above(segment);
        const share = shareOf(elsewhere);
        if (own.n === 0 || Number.isNaN(share)) return [];
        const row = { where: segment.where, ...own, expected: own.n * Math.min(1, share * factor) };
        return [likelierOf === null ? row : { ...row, likelier: likelierOf(segment) }];
      });
    },
    measure: (where, { t, segments }) => {
      const key = segmentKey(where);
      const watched = all.get(key);
      const usual = watched?.baseline.share() ?? Number.NaN;
      if (watched === undefined || Number.isNaN(usual)) return null;
      const segment = segments.find((each) => each.key === key);
      const { n, count } = segment === undefined ? NOTHING : watched.baseline.above(segment);
      const share = Math.min(0.95, usual * season.factorAt(t + step / 2));
      const varies = watched.series.dispersion.value(USUAL_DISPERSION.bucket);
      const reach = BAND * Math.sqrt(n * share * (1 - share) * (1 + Math.max(0, n - 1) * varies));
      const expected = n * share;
      return {
        n,
        count,
        expected,
        low: Math.max(0, expected - reach),
        high: Math.min(n, expected + reach),
      };
    },
    save: () => {
      const own = [first, dayNow];
      season.save(own);
      return {
        own: writeStateNumbers(own),
        segments: Object.fromEntries(
          [...all].map(([key, { baseline, series, days, today }]) => {
            const into: number[] = [];
            for (const part of [baseline, series, days]) part.save(into);
            into.push(today.n, today.count, today.expected);
            return [key, writeStateNumbers(into)];
          }),
        ),
      };
    },
  };
}

/** By how much likelier the values of a segment are if they rose there. */
function likelierBy(metric: string, before: readonly SegmentCounts[]): (segment: SegmentCounts) => number {
  const valuesOf = ({ vitals }: SegmentCounts): LogHistogram => vitals[metric] ?? emptyHistogram();
  const site = before.find(({ key }) => key === SITE_KEY);
  const scoreOf = normalScores(site === undefined ? emptyHistogram() : valuesOf(site));
  const likelier = likelierByScores(before.map((each) => scoresOf(each.where, valuesOf(each), scoreOf)));
  return (segment) => likelier(scoresOf(segment.where, valuesOf(segment), scoreOf));
}
