/**
 * Adds up the terms of a tail, from one term on, as long as they count.
 *
 * @param first The first term.
 * @param terms How many there are at most.
 * @param ratio By what the term number `index`, from 0, is multiplied to give the next; falling with `index`.
 */
export function sumOfTail(first: number, terms: number, ratio: (index: number) => number): number {
  let sum = 0;
  let term = first;
  for (let index = 0; index < terms; index += 1) {
    sum += term;
    const factor = ratio(index);
    term *= factor;
    // What is left is less than a geometric series; nothing at all where numbers cannot tell the first term from 0.
    if (factor < 1 && term / (1 - factor) <= 1e-17 * sum) break;
  }
  return Math.min(1, sum);
}
