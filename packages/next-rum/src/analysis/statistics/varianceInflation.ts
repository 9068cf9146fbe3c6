/** What hangs on the one before more than this is taken for a walk, of which nothing can be told. */
const MOST = 0.9;

/**
 * How many times as much the mean of values varies as that of independent ones, where each hangs on the one before: (1 + r) / (1 − r),
 * Bayley and Hammersley 1946, https://doi.org/10.2307/2983560. Tests of trends are as much too sure of themselves: Yue and
 * Wang 2004, https://doi.org/10.1023/B:WARM.0000043140.61082.60. Of few values r comes out too small, which is made up for: Marriott
 * and Pope 1954, https://doi.org/10.1093/biomet/41.3-4.390.
 *
 * @param residuals In order of time, what is left once level and trend are taken out; their mean is about 0.
 * @returns 1 (values that swing to and fro are taken for independent ones) to 19.
 */
export function varianceInflation(residuals: readonly number[]): number {
  const count = residuals.length;
  const squares = residuals.reduce((sum, each) => sum + each * each, 0);
  if (count < 5 || squares === 0) return 1;
  const products = residuals
    .slice(1)
    .reduce((sum, each, place) => sum + each * (residuals[place] as number), 0);
  const unbiased = (products / squares + 1 / count) / (1 - 3 / count);
  const r = Math.min(MOST, Math.max(0, unbiased));
  return (1 + r) / (1 - r);
}
