import { medianOf } from '../anomaly/medianOf.js';

/** A day, counted from any other one, and what was seen on it. */
export interface DayPoint {
  /** Whole. */
  readonly x: number;
  readonly y: number;
}

const WEEK = 7;
/** Days before a day, and after it, that are a week together with it. */
const AROUND = 3;

/**
 * Takes out what is usual on each day of the week: the median distance from the mean of the week around it, in which every weekday is
 * once. So neither a trend nor a step is taken for weekdays, and one wild day carries nothing away.
 *
 * @param points One a day, in order. Days may be missing; weekdays that are never there too.
 */
export function withoutWeekdays(points: readonly DayPoint[]): DayPoint[] {
  const values = new Map(points.map(({ x, y }) => [x, y]));
  const weekdays = new Set(points.map(weekdayOf));
  const distances = new Map<number, number[]>();
  const [first, last] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 0];
  for (const { x, y } of points) {
    if (x - AROUND < first || x + AROUND > last) continue;
    const week: number[] = [];
    for (let day = x - AROUND; day <= x + AROUND; day += 1) {
      const value = values.get(day);
      if (value !== undefined) week.push(value);
    }
    // Where a day is missing the mean is that of other weekdays.
    if (week.length < weekdays.size) continue;
    const weekday = weekdayOf({ x });
    distances.set(weekday, [...(distances.get(weekday) ?? []), y - meanOf(week)]);
  }
  const usual = new Map([...distances].map(([weekday, all]) => [weekday, medianOf(Float64Array.from(all))]));
  const level = meanOf([...usual.values()]);
  return points.map(({ x, y }) => ({ x, y: y - (usual.get(weekdayOf({ x })) ?? level) + level }));
}

function weekdayOf({ x }: Pick<DayPoint, 'x'>): number {
  return ((x % WEEK) + WEEK) % WEEK;
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
