import { randomHex } from './randomHex.js';

/**
 * Makes a UUIDv7: 48 bits of milliseconds, a counter of 12 bits, and 60 random bits.
 *
 * Two ids of the same page and millisecond sort in the order they were made: the 12 bits after the version are a
 * counter within each millisecond (RFC 9562, section 6.2, method 1).
 *
 * @param now Epoch milliseconds.
 * @example
 * ```ts
 * import { newId } from '@rumkit/react-rum/protocol';
 *
 * const id: string = newId(Date.now()); // '0199f3c2-7a51-7c3e-9d1f-6b1f0e5f8a2c'
 * ```
 */
export function newId(now: number): string {
  counter += 1;
  // 4,096 ids in one millisecond: borrow the next one rather than break the order.
  if (now > lastTime || counter > 0x7fff) {
    lastTime = Math.max(Math.floor(now), lastTime + 1);
    counter = 0x7000;
  }
  const digits = lastTime.toString(16).padStart(12, '0') + counter.toString(16) + 8 + randomHex(8).slice(1);
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

let lastTime = 0;
/** With the version before it. */
let counter = 0;
