import { hex } from './hex.js';

/**
 * Makes a UUIDv7: 48 bits of milliseconds, then 74 random bits.
 *
 * Two ids of the same page and millisecond sort in the order they were made: the 12 bits after the version are a
 * counter that starts at random within each millisecond (RFC 9562, section 6.2, method 1).
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
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const random = (((bytes[6] ?? 0) & 0x07) << 8) | (bytes[7] ?? 0);
  const time = Math.max(Math.floor(now), lastTime);
  counter = time === lastTime ? counter + 1 : random;
  lastTime = time;
  if (counter > 0xfff) {
    // 4,096 ids in one millisecond: borrow the next one rather than break the order.
    lastTime += 1;
    counter = random;
  }
  const digits =
    lastTime.toString(16).padStart(12, '0') +
    (0x7000 | counter).toString(16) +
    (((bytes[8] ?? 0) & 0x3f) | 0x80).toString(16) +
    hex(bytes.subarray(9));
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

let lastTime = 0;
let counter = 0;
