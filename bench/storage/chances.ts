/** Numbers that look random and that a seed repeats: xorshift128, as in https://www.jstatsoft.org/article/view/v008i14. */
export interface Chances {
  /** Uniform in [0, 1). */
  next(): number;
  /** Log-normal: `median` in any unit, `spread` the standard deviation of the logarithm. */
  logNormal(median: number, spread: number): number;
  /** Hexadecimal digits. */
  hex(digits: number): string;
}

export function createChances(seed: number): Chances {
  let [a, b, c, d] = [seed | 1, 362_436_069, 521_288_629, 88_675_123];
  const whole = (): number => {
    const mixed = a ^ (a << 11);
    a = b;
    b = c;
    c = d;
    d = d ^ (d >>> 19) ^ mixed ^ (mixed >>> 8);
    return d >>> 0;
  };
  const next = (): number => whole() / 2 ** 32;
  for (let round = 0; round < 20; round += 1) whole();
  return {
    next,
    // Box–Muller; 1 − next() because the logarithm of 0 is not a number.
    logNormal: (median, spread) =>
      median * Math.exp(spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
    hex: (digits) => {
      let text = '';
      while (text.length < digits) text += whole().toString(16).padStart(8, '0');
      return text.slice(0, digits);
    },
  };
}

/** Draws items as often as their weights say, in the same time however many there are. */
export function drawer<T>(
  chances: Chances,
  weights: readonly (readonly [item: T, weight: number])[],
): () => T {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const slots = weights.flatMap(([item, weight]) =>
    Array.from({ length: Math.max(1, Math.round((weight / total) * 4096)) }, () => item),
  );
  return () => slots[Math.floor(chances.next() * slots.length)] as T;
}
