/**
 * Whole numbers as text, the small ones short: base-64 digits of five bits and a mark that more follow, as in source maps
 * (https://tc39.es/ecma426/#sec-base64-vlq), without a sign.
 */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BASE = 32;
const VALUES = new Map([...DIGITS].map((digit, value) => [digit.charCodeAt(0), value]));

/** @param numbers Whole, 0 to 2^53 - 1. */
export function writeNumbers(numbers: readonly number[]): string {
  let text = '';
  for (const number of numbers) {
    let rest = number;
    while (rest >= BASE) {
      text += DIGITS[(rest % BASE) + BASE];
      rest = Math.floor(rest / BASE);
    }
    text += DIGITS[rest];
  }
  return text;
}

/** @param text What {@link writeNumbers} made. */
export function readNumbers(text: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  let factor = 1;
  for (let index = 0; index < text.length; index += 1) {
    const value = VALUES.get(text.charCodeAt(index)) ?? 0;
    number += (value % BASE) * factor;
    if (value < BASE) {
      numbers.push(number);
      number = 0;
      factor = 1;
    } else factor *= BASE;
  }
  return numbers;
}
