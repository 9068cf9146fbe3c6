/** Asking for a few bytes at a time costs more than all that is done with them. */
const pool = new Uint8Array(256);
let used: number = pool.length;

/** So many random bytes, at most 256, as lower-case hex digits, two a byte. */
export function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let digits = '';
  for (const end = used + bytes; used < end; used++)
    digits += ((pool[used] as number) + 256).toString(16).slice(1);
  return digits;
}
