import { createWallClock } from '../anomaly/wallClock.js';
import { type MannKendall, mannKendall } from '../statistics/mannKendall.js';
import { type TheilSenLine, theilSen } from '../statistics/theilSen.js';
import type { DatedValue } from './findChange.js';

export interface Trend {
  /** Rise a day, in the values' unit, with its 95 % interval. */
  readonly line: TheilSenLine;
  readonly test: MannKendall;
  readonly verdict: 'rising' | 'falling' | 'no significant trend';
}

const DAY = 86_400_000;
/** Fewer weeks do not tell a weekday from a trend. */
const FEWEST_DAYS = 14;
const SIGNIFICANT = 0.05;

/**
 * Whether values of days rise or fall: what is usual on each day of the week is taken out first (medians of what is left by a
 * straight line, so that a trend is not taken for weekdays), then Theil–Sen and Mann–Kendall. Days that hang on the one before make
 * the test too sure of itself: read it together with the interval and the chart.
 *
 * @param values One a day, in order, all finite. @param timeZone IANA name.
 * @returns Null of less than two weeks.
 */
export function trendOf(values: readonly DatedValue[], timeZone = 'UTC'): Trend | null {
  const wallClock = createWallClock(timeZone);
  const points = values.map(({ t, value }) => ({ x: Math.floor(wallClock(t) / DAY), y: value }));
  const [first] = points;
  if (points.length < FEWEST_DAYS || first === undefined) return null;
  const shifted = points.map(({ x, y }) => ({ x: x - first.x, y }));
  const free = withoutWeekdays(shifted);
  const line = theilSen(free);
  if (line === null) return null;
  const test = mannKendall(free.map(({ y }) => y));
  const isSure = test.p < SIGNIFICANT;
  return {
    line,
    test,
    verdict: isSure && line.low > 0 ? 'rising' : isSure && line.high < 0 ? 'falling' : 'no significant trend',
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function withoutWeekdays(points: readonly Point[]): Point[] {
  // A week apart no weekday makes a difference.
  const slopes = points.flatMap(({ x, y }) => {
    const later = points.find((other) => other.x === x + 7);
    return later === undefined ? [] : [(later.y - y) / 7];
  });
  const slope = medianOfAll(slopes);
  const usual = new Map<number, number[]>();
  for (const { x, y } of points) {
    const weekday = x % 7;
    usual.set(weekday, [...(usual.get(weekday) ?? []), y - slope * x]);
  }
  const medians = new Map([...usual].map(([weekday, left]) => [weekday, medianOfAll(left)]));
  const level = medianOfAll([...medians.values()]);
  return points.map(({ x, y }) => ({ x, y: y - (medians.get(x % 7) ?? level) + level }));
}

function medianOfAll(numbers: readonly number[]): number {
  const sorted = Float64Array.from(numbers).sort();
  if (sorted.length === 0) return 0;
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
