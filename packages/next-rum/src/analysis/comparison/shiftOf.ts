import { medianOf } from '../anomaly/medianOf.js';
import { varianceInflation } from '../statistics/varianceInflation.js';
import { type Change, type DatedValue, findChange } from './findChange.js';
import { withoutWeekdays } from './withoutWeekdays.js';

export interface Shift extends Pick<Change, 'at' | 'from' | 'to'> {
  /**
   * What the evidence is worth as a p-value, less where days hang on the one before: its reciprocal, by Markov's inequality
   * (Vovk and Wang 2021, https://doi.org/10.1214/20-AOS2020). So it is rather too large than too small.
   */
  readonly p: number;
  /** How far, by its absolute value, a day usually is from the level of its side, without what is usual on its weekday. */
  readonly scatter: number;
  /** Whether the latest days are nearer to what came after than to what was before. */
  readonly hasStayed: boolean;
}

const DAY = 86_400_000;
/** Fewer days do not tell a weekday from a level. */
const FEWEST_DAYS = 21;
const LATEST = 3;

/**
 * Whether and when the level of days changed, what is usual on each weekday taken out first. It is looked for on the scale of cube roots, on
 * which counts and times scatter evenly (Wilson and Hilferty 1931, https://doi.org/10.1073/pnas.17.12.684).
 *
 * @param values One a UTC day, in order, at least 0.
 * @returns Null of less than three weeks, and where all are equal.
 */
export function shiftOf(values: readonly DatedValue[]): Shift | null {
  const [first] = values;
  if (values.length < FEWEST_DAYS || first === undefined) return null;
  const dayOf = (t: number): number => Math.floor(t / DAY);
  const free = (scale: (value: number) => number) =>
    withoutWeekdays(values.map(({ t, value }) => ({ x: dayOf(t), y: scale(value) }))).map(({ x, y }) => ({
      t: x * DAY,
      value: y,
    }));
  const roots = free(Math.cbrt);
  const change = findChange(roots);
  if (change === null) return null;
  const { at, from, to, evidence } = change;
  const levels = levelsOf(roots, at);
  const inflation = varianceInflation(residualsOf(roots, at, levels));
  const latest = medianOf(Float64Array.from(roots.slice(-LATEST), ({ value }) => value));
  const plain = free((value) => value);
  const residuals = residualsOf(plain, at, levelsOf(plain, at));
  return {
    at,
    from,
    to,
    p: Math.min(1, Math.exp(-evidence / inflation)),
    scatter: residuals.reduce((sum, each) => sum + Math.abs(each), 0) / residuals.length,
    hasStayed: Math.abs(latest - levels.after) < Math.abs(latest - levels.before),
  };
}

interface Levels {
  readonly before: number;
  readonly after: number;
}

function levelsOf(days: readonly DatedValue[], at: number): Levels {
  const level = (side: readonly DatedValue[]): number =>
    medianOf(Float64Array.from(side, ({ value }) => value));
  return { before: level(days.filter(({ t }) => t < at)), after: level(days.filter(({ t }) => t >= at)) };
}

function residualsOf(days: readonly DatedValue[], at: number, { before, after }: Levels): number[] {
  return days.map(({ t, value }) => value - (t < at ? before : after));
}
