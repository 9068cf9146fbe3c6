/** So many random bytes as lower-case hex digits, two a byte. */
export function randomHex(bytes: number): string {
  let digits = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(bytes)))
    digits += (byte + 256).toString(16).slice(1);
  return digits;
}
