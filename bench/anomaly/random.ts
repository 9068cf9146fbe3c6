export interface Random {
  /** 0 to 1. */
  readonly even: () => number;
  /** 32 bits. */
  readonly bits: () => number;
  readonly normal: () => number;
  readonly poisson: (mean: number) => number;
  /** Of so many trials how many succeed. */
  readonly binomial: (trials: number, share: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
}

/** Mulberry32: the same numbers for the same seed. */
export function createRandom(seed: number): Random {
  let state = seed;
  const bits = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const even = (): number => bits() / 2 ** 32;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - even())) * Math.cos(2 * Math.PI * even());
  const poisson = (mean: number): number => {
    if (!(mean > 0)) return 0;
    if (mean > 200) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    let count = -1;
    for (let product = 1, floor = Math.exp(-mean); product > floor; product *= even()) count += 1;
    return count;
  };
  const binomial = (trials: number, share: number): number => {
    if (trials <= 0 || share <= 0) return 0;
    if (share >= 1) return trials;
    if (share > 0.5) return trials - binomial(trials, 1 - share);
    if (trials * share > 200)
      return Math.min(
        trials,
        Math.max(0, Math.round(trials * share + Math.sqrt(trials * share * (1 - share)) * normal())),
      );
    // From one success to the next.
    const failure = Math.log1p(-share);
    let count = -1;
    for (let at = 0; at <= trials; at += Math.floor(Math.log(1 - even()) / failure) + 1) count += 1;
    return count;
  };
  const pick = <T>(items: readonly T[]): T => items[Math.floor(even() * items.length)] as T;
  return { even, bits, normal, poisson, binomial, pick };
}
