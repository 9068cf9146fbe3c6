import { logGamma } from '../statistics/logGamma.js';

/** A value of a day, or of any bucket, in order. */
export interface DatedValue {
  /** Epoch ms. */
  readonly t: number;
  readonly value: number;
}

export interface Change {
  /** Likeliest first value that is different, epoch ms. */
  readonly at: number;
  /** With 95 % it is from the one to the other, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** Means before and after. */
  readonly before: number;
  readonly after: number;
  /** 0–1: that there is a change at all, where before one looks it is as likely as not. */
  readonly probability: number;
  /** The logarithm of by how much likelier the values are with a change than without: of the Bayes factor. */
  readonly evidence: number;
}

/** Fewer values on one side are no level. */
const FEWEST = 3;
const CONFIDENCE = 0.95;
/** What is thought of a level before it was seen: as much as a fifth of a value says, and of its spread as much as two do. */
const PRIOR = { mean: 0.2, spread: 1 };

/**
 * Whether and when the level of a series changed: the exact posterior of one change between two normal levels of unknown mean and
 * variance (Smith 1975, https://doi.org/10.1093/biomet/62.2.407). The date comes with an interval, since a small change in a
 * noisy series can be seen to have happened long before one can say when. Values should be free of seasons; of times take
 * logarithms.
 *
 * @param values In order of time, all finite.
 * @returns Null of fewer than six values.
 *
 * @example
 * ```ts
 * const change = findChange(days);
 * if (change && change.probability > 0.95) console.log(new Date(change.at), change.before, change.after);
 * ```
 */
export function findChange(values: readonly DatedValue[]): Change | null {
  const count = values.length;
  if (count < 2 * FEWEST) return null;
  const sorted = Float64Array.from(values, ({ value }) => value).sort();
  const middle = sorted[count >> 1] ?? 0;
  const scale = spreadOf(values);
  if (scale === 0) return null;
  const scores = values.map(({ value }) => (value - middle) / scale);
  const none = logEvidence(scores);
  const splits: { readonly place: number; readonly log: number }[] = [];
  for (let place = FEWEST; place <= count - FEWEST; place += 1)
    splits.push({ place, log: logEvidence(scores.slice(0, place)) + logEvidence(scores.slice(place)) });
  const highest = Math.max(...splits.map(({ log }) => log));
  const total = splits.reduce((sum, { log }) => sum + Math.exp(log - highest), 0);
  const shares = splits.map(({ place, log }) => ({ place, share: Math.exp(log - highest) / total }));
  // Each place is as likely as any other before one looks.
  const some = highest + Math.log(total / splits.length);
  const likeliest = shares.reduce((best, each) => (each.share > best.share ? each : best));
  const timeOf = (place: number): number => values[place]?.t ?? Number.NaN;
  const meanOf = (part: readonly DatedValue[]): number =>
    part.reduce((sum, { value }) => sum + value, 0) / part.length;
  return {
    at: timeOf(likeliest.place),
    from: timeOf(quantile(shares, (1 - CONFIDENCE) / 2)),
    to: timeOf(quantile(shares, (1 + CONFIDENCE) / 2)),
    before: meanOf(values.slice(0, likeliest.place)),
    after: meanOf(values.slice(likeliest.place)),
    probability: 1 / (1 + Math.exp(none - some)),
    evidence: some - none,
  };
}

/**
 * The logarithm of how likely values are, whatever their mean and variance: a Student t in many dimensions, up to a constant that
 * is the same for all ways to split them. Exported for its test.
 */
export function logEvidence(scores: readonly number[]): number {
  const n = scores.length;
  const mean = scores.reduce((sum, score) => sum + score, 0) / n;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  const weight = PRIOR.mean + n;
  const shape = PRIOR.spread + n / 2;
  const rate = PRIOR.spread + squares / 2 + (PRIOR.mean * n * mean * mean) / (2 * weight);
  return (
    logGamma(shape) -
    logGamma(PRIOR.spread) +
    PRIOR.spread * Math.log(PRIOR.spread) -
    shape * Math.log(rate) +
    0.5 * Math.log(PRIOR.mean / weight) -
    (n / 2) * Math.log(2 * Math.PI)
  );
}

/** From one value to the next, so that a change of level hardly counts: of normal values, about their standard deviation. */
function spreadOf(values: readonly DatedValue[]): number {
  const moves = values.slice(1).map(({ value }, place) => Math.abs(value - (values[place]?.value ?? value)));
  const sorted = Float64Array.from(moves).sort();
  const median = sorted[sorted.length >> 1] ?? 0;
  const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
  // 0.954 is the median of the distance of two standard normal values.
  return median > 0 ? median / 0.954 : mean;
}

function quantile(
  shares: readonly { readonly place: number; readonly share: number }[],
  wanted: number,
): number {
  let sum = 0;
  for (const { place, share } of shares) {
    sum += share;
    if (sum >= wanted) return place;
  }
  return shares.at(-1)?.place ?? 0;
}
