/**
 * P-values of many tests, so corrected that of those at most a rate as many are expected to be false as the rate says: keep
 * what is at most 0.05, and at most 5 % of what is kept is chance. For tests that are independent or hang together positively.
 * Benjamini and Hochberg 1995, https://doi.org/10.1111/j.2517-6161.1995.tb02031.x.
 *
 * @param pValues 0–1, in any order.
 * @returns In the same order.
 */
export function adjustForFalseDiscovery(pValues: readonly number[]): number[] {
  const order = pValues.map((p, index) => ({ p, index })).sort((one, other) => other.p - one.p);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let least = 1;
  for (const [place, { p, index }] of order.entries()) {
    least = Math.min(least, (p * pValues.length) / (pValues.length - place));
    adjusted[index] = least;
  }
  return adjusted;
}
