import { kendallVariance } from './mannKendall.js';
import { normalUpperQuantile } from './standardNormal.js';

export interface TheilSenLine {
  /** Rise of y for each unit of x. */
  readonly slope: number;
  /** Of the slope. */
  readonly low: number;
  readonly high: number;
  /** Value at x = 0. */
  readonly intercept: number;
}

/**
 * The median of the slopes between all pairs of points, which up to 29 % of wild points cannot carry away, and its confidence
 * interval. Sen 1968, https://doi.org/10.1080/01621459.1968.10480934. The time grows with the square of the points.
 *
 * @param points All finite.
 * @param confidence 0–1, both excluded.
 * @returns Null where no two points differ in x.
 */
export function theilSen(
  points: readonly { readonly x: number; readonly y: number }[],
  confidence = 0.95,
): TheilSenLine | null {
  const slopes: number[] = [];
  for (const [index, later] of points.entries())
    for (const earlier of points.slice(0, index))
      if (later.x !== earlier.x) slopes.push((later.y - earlier.y) / (later.x - earlier.x));
  if (slopes.length === 0) return null;
  const sorted = Float64Array.from(slopes).sort();
  const slope = middleOf(sorted);
  const spread =
    normalUpperQuantile((1 - confidence) / 2) * Math.sqrt(kendallVariance(points.map(({ y }) => y)));
  const aside = Math.floor((sorted.length - spread) / 2);
  return {
    slope,
    low: sorted[Math.max(0, aside - 1)] as number,
    high: sorted[Math.min(sorted.length - 1, sorted.length - aside)] as number,
    intercept: middleOf(Float64Array.from(points, ({ x, y }) => y - slope * x).sort()),
  };
}

function middleOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
