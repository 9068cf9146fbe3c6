import { addHistogram, countAbove, emptyHistogram, histogramBin, histogramCount } from '../logHistogram.js';
import { differenceInterval, type Estimate } from '../statistics/differenceInterval.js';
import {
  type DayValue,
  daySeries,
  FOLLOWED_METRICS,
  type FollowedDay,
  type FollowedMetric,
  type FollowedPlace,
} from './daySeries.js';
import { percentileEstimate } from './percentileEstimate.js';
import { type Shift, shiftOf } from './shiftOf.js';
import type { SideFigure } from './testSides.js';
import { type Trend, trendOf } from './trendOf.js';

interface Followed {
  readonly metric: FollowedMetric;
  /** Null: all views. */
  readonly route: string | null;
  readonly days: readonly DayValue[];
  /** Views that it is told from. */
  readonly n: number;
  /** Views a day that are slow, or lack, or errors a day, beyond what was so before; less than 0 where there are fewer. */
  readonly affected: number;
  readonly p: number;
}

/** Days rise or fall all the time. */
export interface DayTrend extends Followed {
  readonly kind: 'trend';
  /** A week, in the metric's unit. */
  readonly slope: Estimate;
  /** What the line says of the first day and of the last one. */
  readonly first: number;
  readonly last: number;
}

/** Days have another level since one of them. */
export interface DayShift extends Followed {
  readonly kind: 'shift';
  /** Likeliest first day of it, and from which to which it is with 95 %; epoch ms. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** p75 of all views of those days with its interval; of errors and views the mean of the days. */
  readonly before: SideFigure;
  readonly after: SideFigure;
}

export type DayFinding = DayTrend | DayShift;

/** What one series was tested for. */
export interface DayTest<Finding extends DayFinding = DayFinding> {
  /** As it would be told. */
  readonly finding: Finding;
  /** How far off a day usually is from what is told, in the metric's unit. */
  readonly misfit: number;
  /** Whether there is something to tell, but for chance. */
  readonly isClear: boolean;
}

export interface SeriesTests {
  readonly trend: DayTest<DayTrend>;
  readonly shift: DayTest<DayShift>;
}

const DAY = 86_400_000;
const WEEK = 7;
/** Fewer days tell neither from weekdays. */
const FEWEST_DAYS = 21;
/** Of a shift whose date is known less exactly one cannot say that it is one. */
const WIDEST_DATE = 14 * DAY;
/** The normal quantile of 95 %, both sides. */
const SURE = 1.96;

/** Each metric of a place, tested for a trend and for a shift, where there are enough days. @param until End of the last day, epoch ms. */
export function testDays(place: FollowedPlace, until: number): SeriesTests[] {
  return FOLLOWED_METRICS.flatMap((metric): SeriesTests[] => {
    const days = daySeries(place, metric, until);
    if (days.length < FEWEST_DAYS) return [];
    const [trend, shift] = [trendOf(days), shiftOf(days)];
    if (trend === null || shift === null) return [];
    const series = { place, metric, days };
    return [{ trend: trendTest(series, trend), shift: shiftTest(series, shift, until) }];
  });
}

interface Series {
  readonly place: FollowedPlace;
  readonly metric: FollowedMetric;
  readonly days: readonly DayValue[];
}

function trendTest(series: Series, { line, p, points, verdict }: Trend): DayTest<DayTrend> {
  const { days } = series;
  const { slope, low, high, intercept } = line;
  const at = (x: number): number => Math.max(0, intercept + slope * x);
  const [first, last] = [at(0), at(points.at(-1)?.x ?? 0)];
  return {
    finding: {
      ...toldOf(series, p),
      kind: 'trend',
      slope: { value: WEEK * slope, low: WEEK * low, high: WEEK * high },
      first,
      last,
      affected: affectedOf(series, days.slice(0, WEEK), days.slice(-WEEK), [first, last]),
    },
    misfit: points.reduce((sum, { x, y }) => sum + Math.abs(y - intercept - slope * x), 0) / points.length,
    isClear: verdict !== 'no significant trend',
  };
}

function shiftTest(
  series: Series,
  { at, from, to, p, scatter, hasStayed }: Shift,
  until: number,
): DayTest<DayShift> {
  const sides = [
    series.days.filter(({ t }) => t < at),
    series.days.filter(({ t }) => t >= at && t < until),
  ] as const;
  const [before, after] = [figureOf(series, sides[0]), figureOf(series, sides[1])];
  const difference = before.value && after.value && differenceInterval(before.value, after.value);
  const values = [before.value?.value ?? 0, after.value?.value ?? 0] as const;
  return {
    finding: {
      ...toldOf(series, p),
      kind: 'shift',
      at,
      from,
      to,
      before,
      after,
      affected: affectedOf(series, ...sides, values),
    },
    misfit: scatter,
    isClear:
      hasStayed &&
      to - from <= WIDEST_DATE &&
      difference !== null &&
      (difference.low > 0 || difference.high < 0),
  };
}

function toldOf({ place, metric, days }: Series, p: number) {
  return { metric, route: place.route, days, n: days.reduce((sum, { n }) => sum + n, 0), p };
}

function figureOf(series: Series, days: readonly DayValue[]): SideFigure {
  const n = days.reduce((sum, each) => sum + each.n, 0);
  const { metric } = series;
  if (metric !== 'errors' && metric !== 'views')
    return { n, value: percentileEstimate(sumOf(series, days), 0.75) };
  if (days.length < 2) return { n, value: null };
  const mean = days.reduce((sum, { value }) => sum + value, 0) / days.length;
  const squares = days.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  const aside = SURE * Math.sqrt(squares / (days.length - 1) / days.length);
  return { n, value: { value: mean, low: Math.max(0, mean - aside), high: mean + aside } };
}

/** The histograms of some of its days together. */
function sumOf({ place, metric }: Series, days: readonly DayValue[]) {
  const sum = emptyHistogram();
  const wanted = new Set(days.map(({ t }) => t));
  if (metric !== 'errors' && metric !== 'views')
    for (const { t, vitals } of place.days as readonly FollowedDay[])
      if (wanted.has(t)) addHistogram(sum, vitals[metric]);
  return sum;
}

/** @param values What is told of the days before and after. */
function affectedOf(
  series: Series,
  before: readonly DayValue[],
  after: readonly DayValue[],
  [was, is]: readonly [was: number, is: number],
): number {
  const { metric } = series;
  const days = Math.max(1, after.length);
  if (metric === 'views') return Math.round(was - is);
  if (metric === 'errors') return Math.round(((is - was) * after.reduce((sum, { n }) => sum + n, 0)) / days);
  const [old, late] = [sumOf(series, before), sumOf(series, after)];
  const limit = percentileEstimate(old, 0.75);
  if (limit === null) return 0;
  const bin = histogramBin(limit.value);
  const usual = countAbove(old, bin) / histogramCount(old);
  return Math.round((countAbove(late, bin) - usual * histogramCount(late)) / days);
}
