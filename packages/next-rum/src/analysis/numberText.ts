/**
 * Whole numbers as text, the small ones short: base-64 digits of five bits and a mark that more follow, as in source maps
 * (https://tc39.es/ecma426/#sec-base64-vlq), without a sign.
 */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BASE = 32;
/** By character code; a table is looked up several times as fast as a map, and reading is most of a query over 30 days. */
const VALUES = new Uint8Array(128);
for (const [value, digit] of [...DIGITS].entries()) VALUES[digit.charCodeAt(0)] = value;

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

/** Gives one number after the other, and 0 for ever after the last. */
export type NumberSource = () => number;

/** @param text What {@link writeNumbers} made. */
export function numbersOf(text: string): NumberSource {
  const end = text.length;
  let at = 0;
  return () => {
    if (at >= end) return 0;
    let value = VALUES[text.charCodeAt(at)] ?? 0;
    at += 1;
    let number = value % BASE;
    for (let factor = BASE; value >= BASE && at < end; factor *= BASE) {
      value = VALUES[text.charCodeAt(at)] ?? 0;
      at += 1;
      number += (value % BASE) * factor;
    }
    return number;
  };
}
