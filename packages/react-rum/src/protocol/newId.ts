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
  const digits = `${lastTime.toString(16).padStart(12, '0')}7${randomHex(2).slice(1)}8${randomHex(8).slice(1)}`;
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

let lastTime = 0;
