/** Random numbers that a seed repeats. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  /** One of the items, as likely as its weight. */
  pick<T>(items: readonly (readonly [item: T, weight: number])[]): T;
  /** Log-normal: `median` in any unit, `spread` the standard deviation of the logarithm. */
  logNormal(median: number, spread: number): number;
  /** Number of events in an interval that has `mean` of them on average. */
  poisson(mean: number): number;
}

/** Mulberry32, a 32-bit generator by Tommy Ettinger; good enough for made-up visits, and small. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  return {
    next,
    chance: (probability) => next() < probability,
    pick(items) {
      const total = items.reduce((sum, [, weight]) => sum + weight, 0);
      let left = next() * total;
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) {
          return item;
        }
      }
      throw new RangeError('RUM: pick() needs an item with a weight above 0');
    },
    logNormal(median, spread) {
      // Box–Muller; 1 − next() because the logarithm of 0 is not a number.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(spread * normal);
    },
    poisson(mean) {
      // Knuth: how many uniform numbers multiply before they fall below e^-mean.
      const floor = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > floor; product *= next()) {
        count += 1;
      }
      return count;
    },
  };
}
