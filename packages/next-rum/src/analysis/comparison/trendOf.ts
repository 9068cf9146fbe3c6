import { createWallClock } from '../anomaly/wallClock.js';
import { type MannKendall, mannKendall } from '../statistics/mannKendall.js';
import { normalTail, normalUpperQuantile } from '../statistics/standardNormal.js';
import { type TheilSenLine, theilSen } from '../statistics/theilSen.js';
import { varianceInflation } from '../statistics/varianceInflation.js';
import type { DatedValue } from './findChange.js';
import { type DayPoint, withoutWeekdays } from './withoutWeekdays.js';

export interface Trend {
  /** Rise a day, in the values' unit, with its 95 % interval. */
  readonly line: TheilSenLine;
  readonly test: MannKendall;
  /** That of the test, less sure where days hang on the one before: the probability of such a rise where there is no trend. */
  readonly p: number;
  /** The days as they are without what is usual on their weekday, counted from the first one. */
  readonly points: readonly DayPoint[];
  readonly verdict: 'rising' | 'falling' | 'no significant trend';
}

const DAY = 86_400_000;
/** Fewer weeks do not tell a weekday from a trend. */
const FEWEST_DAYS = 14;
const SIGNIFICANT = 0.05;

/**
 * Whether values of days rise or fall: what is usual on each day of the week is taken out first, then Theil–Sen and Mann–Kendall.
 * Where days hang on the one before, p and the interval are as much less sure as {@link varianceInflation} says.
 *
 * @param values One a day, in order, all finite. @param timeZone IANA name.
 * @returns Null of less than two weeks.
 */
export function trendOf(values: readonly DatedValue[], timeZone = 'UTC'): Trend | null {
  const wallClock = createWallClock(timeZone);
  const days = values.map(({ t, value }) => ({ x: Math.floor(wallClock(t) / DAY), y: value }));
  const [first] = days;
  if (days.length < FEWEST_DAYS || first === undefined) return null;
  const points = withoutWeekdays(days.map(({ x, y }) => ({ x: x - first.x, y })));
  const straight = theilSen(points);
  if (straight === null) return null;
  const test = mannKendall(points.map(({ y }) => y));
  const { slope, low, high, intercept } = straight;
  const wider = Math.sqrt(varianceInflation(points.map(({ x, y }) => y - intercept - slope * x)));
  const line = { ...straight, low: slope - wider * (slope - low), high: slope + wider * (high - slope) };
  const p = lessSure(test.p, wider);
  const isSure = p < SIGNIFICANT;
  return {
    line,
    test,
    p,
    points,
    verdict: isSure && line.low > 0 ? 'rising' : isSure && line.high < 0 ? 'falling' : 'no significant trend',
  };
}

/** @param wider By how much the standard error is larger than was thought. */
function lessSure(p: number, wider: number): number {
  if (wider === 1 || p >= 1) return p;
  return p === 0 ? 0 : 2 * normalTail(normalUpperQuantile(p / 2) / wider);
}
