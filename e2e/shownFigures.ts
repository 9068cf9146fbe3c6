import { expect, type Locator } from '@playwright/test';

/** A whole number as the admin writes it. */
export function count(n: number): string {
  return n.toLocaleString('en-GB');
}

/** Expects a percentile to be shown. They are within 1 % of the exact ones, and rounded where they are shown. */
export async function near(shown: Locator, exact: number, vital: string): Promise<void> {
  await expect(shown).toHaveText(/\d/);
  const text = (await shown.textContent()) ?? '';
  const unit = (await shown.locator('xpath=..').textContent()) ?? '';
  // A rating may be said before it.
  const value = Number.parseFloat(text.replace(/^\D+/, ''));
  // What stands around it may have another unit, such as the interval below.
  const seconds = vital !== 'cls' && !(/\d\s*m?s\b/.test(text) ? text : unit).includes('ms');
  const told = seconds ? value * 1000 : value;
  const rounding = vital === 'cls' ? 0.005 : seconds ? (value < 10 ? 5 : 50) : 0.5;
  expect(Math.abs(told - exact), `${vital} ${text} is ${exact}`).toBeLessThanOrEqual(
    exact * 0.0101 + rounding,
  );
}

/**
 * Between which of the values a percentile is in 95 of 100 cases, by adding up binomial probabilities of all ranks: the narrowest, and of
 * those the surest, of two that are as sure the lower. Null where there is none.
 */
function intervalOf(values: readonly number[], share: number): readonly [number, number] | null {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const below = [0];
  // By logarithms: that of none of many would be zero.
  let chance = n * Math.log1p(-share);
  for (let k = 0; k < n; k += 1) {
    below.push((below[k] ?? 0) + Math.exp(chance));
    chance += Math.log((n - k) / (k + 1)) + Math.log(share / (1 - share));
  }
  let best: { readonly from: number; readonly to: number; readonly sure: number } | null = null;
  for (let from = 1; from < n; from += 1) {
    for (let to = from + 1; to <= n; to += 1) {
      const sure = (below[to] ?? 0) - (below[from] ?? 0);
      if (sure < 0.95) continue;
      const isNarrower = best === null || to - from < best.to - best.from;
      if (isNarrower || (best !== null && to - from === best.to - best.from && sure > best.sure + 1e-9)) {
        best = { from, to, sure };
      }
      break;
    }
  }
  return best === null ? null : [sorted[best.from - 1] ?? Number.NaN, sorted[best.to - 1] ?? Number.NaN];
}

/** The interval of a percentile as the admin writes it: the unit of both once, where it is the same. */
export function intervalText(
  values: readonly number[],
  share: number,
  textOf: (value: number) => string,
): string {
  const interval = intervalOf(values, share);
  if (interval === null) return 'too few';
  const [low, high] = [textOf(interval[0]), textOf(interval[1])];
  const unitOf = (text: string): string => / m?s$/.exec(text)?.[0] ?? '';
  const begin = unitOf(low) === unitOf(high) ? low.slice(0, low.length - unitOf(low).length) : low;
  return `${begin}–${high}`;
}
