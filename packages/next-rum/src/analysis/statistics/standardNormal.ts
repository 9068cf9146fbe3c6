const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Where the series begins to cancel and the fraction converges fast. */
const SERIES_TO = 3;
const FRACTION_DEPTH = 120;

/**
 * The probability that a standard normal value is more than this; the tail keeps its digits however small it is.
 *
 * Up to 3 by Marsaglia's series (https://doi.org/10.18637/jss.v011.i04), beyond by Laplace's continued fraction
 * (https://dlmf.nist.gov/7.9).
 */
export function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  const density = Math.exp((-x * x) / 2) / ROOT_TWO_PI;
  if (x < SERIES_TO) {
    let sum = 0;
    let term = x;
    for (let odd = 3; sum + term !== sum; odd += 2) {
      sum += term;
      term *= (x * x) / odd;
    }
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let depth = FRACTION_DEPTH; depth >= 1; depth -= 1) fraction = x + depth / fraction;
  return density / fraction;
}

/**
 * The value that a standard normal one exceeds with this probability.
 *
 * @param tail 0–1, both excluded.
 */
export function normalUpperQuantile(tail: number): number {
  if (tail > 0.5) return -normalUpperQuantile(1 - tail);
  let low = 0;
  let high = 40;
  for (let middle = 20; middle > low && middle < high; middle = (low + high) / 2) {
    if (normalTail(middle) > tail) low = middle;
    else high = middle;
  }
  return high;
}
