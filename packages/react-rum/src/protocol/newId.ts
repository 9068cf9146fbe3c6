import { randomHex } from './randomHex.js';

/**
 * Makes a UUIDv7: 48 bits of milliseconds, then 74 bits of which 72 are random (RFC 9562, section 5.7).
 *
 * Ids of the same page sort in the order they were made: the second within a millisecond borrows the next one, and so on.
 *
 * @param now Epoch milliseconds.
 * @example
 * ```ts
 * import { newId } from '@rumkit/react-rum/protocol';
 *
 * const id: string = newId(Date.now()); // '0199f3c2-7a51-7c3e-8d1f-6b1f0e5f8a2c'
 * ```
 */
export function newId(now: number): string {
  lastTime = Math.max(lastTime + 1, Math.floor(now));
  const time = lastTime.toString(16).padStart(12, '0');
  const random = randomHex(9);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6)}`;
}

let lastTime = 0;
