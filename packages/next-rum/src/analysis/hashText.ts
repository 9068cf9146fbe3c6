/** Two 32-bit hashes: FNV-1a over UTF-16 code units from two beginnings, each mixed as MurmurHash3 ends. */
export function hashText(text: string): readonly [number, number] {
  let [a, b] = [0x811c9dc5, 0x5bd1e995];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b ^= b >>> 15;
  }
  return [mix(a ^ (b >>> 7)), mix(b)];
}

function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
