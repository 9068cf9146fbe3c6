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
