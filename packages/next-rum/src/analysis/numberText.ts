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

/** Room for the numbers of one text. Thousands are read in a row, which the collection of their garbage would slow down. */
let room = new Float64Array(1024);

/**
 * @param text What {@link writeNumbers} made.
 * @returns The numbers, until the next call.
 */
export function readNumbers(text: string): Float64Array {
  if (room.length < text.length) room = new Float64Array(2 * text.length);
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    let value = VALUES[text.charCodeAt(index)] ?? 0;
    let number = value % BASE;
    for (let factor = BASE; value >= BASE && index + 1 < text.length; factor *= BASE) {
      index += 1;
      value = VALUES[text.charCodeAt(index)] ?? 0;
      number += (value % BASE) * factor;
    }
    room[count] = number;
    count += 1;
  }
  return room.subarray(0, count);
}
