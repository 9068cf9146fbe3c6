const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
/** From here on the series is exact to the last digits of a double. */
const SERIES_FROM = 12;

/**
 * The logarithm of the gamma function, `ln (x - 1)!` for whole x, by Stirling's series (https://dlmf.nist.gov/5.11.E1).
 *
 * @param x More than 0.
 */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  while (shifted < SERIES_FROM) {
    product *= shifted;
    shifted += 1;
  }
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + correction(shifted) - Math.log(product)
  );
}

/** `logGamma(x + by) - logGamma(x)` without the digits that the difference of two large numbers loses. */
export function logRising(x: number, by: number): number {
  if (x < SERIES_FROM) return logGamma(x + by) - logGamma(x);
  return (x - 0.5) * Math.log1p(by / x) + by * Math.log(x + by) - by + correction(x + by) - correction(x);
}

/** The logarithm of the number of ways to choose `k` of `n`. */
export function logChoose(n: number, k: number): number {
  return logRising(n - k + 1, k) - logGamma(k + 1);
}

/** What Stirling's formula lacks. */
function correction(x: number): number {
  const inverse = 1 / x;
  const square = inverse * inverse;
  return inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
}
