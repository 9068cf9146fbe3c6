/** What a {@link createCusum} has added up. */
export interface CusumResult {
  /** How far above, and how far below, the values have been in sum, in their unit; 0 or more. */
  readonly above: number;
  readonly below: number;
  /** Which sum is over the limit; null where none is. */
  readonly shift: 'up' | 'down' | null;
  /** Points since the shift began, the last one included; 0 where there is none. */
  readonly since: number;
}

export interface CusumOptions {
  /** The value that is usual. */
  readonly target: number;
  /** Half of the shift that is to be found, in the unit of the values: usually half a standard deviation. */
  readonly slack: number;
  /** The sum from which on it is a shift: usually 4 or 5 standard deviations. */
  readonly limit: number;
}

/**
 * Finds small shifts that last, and when they began, by adding up what each value is off by beyond the slack. Page 1954,
 * https://doi.org/10.1093/biomet/41.1-2.100. It does not start anew by itself.
 *
 * @returns Takes the next value; throws a RangeError where that is no number, and forgets nothing then.
 *
 * @example
 * ```ts
 * const push = createCusum({ target: 2100, slack: 40, limit: 400 });
 * for (const p75 of days) {
 *   const { shift, since } = push(p75);
 *   if (shift === 'up') console.log(`slower since ${since} days`);
 * }
 * ```
 */
export function createCusum({ target, slack, limit }: CusumOptions): (value: number) => CusumResult {
  let above = 0;
  let below = 0;
  let aboveSince = 0;
  let belowSince = 0;
  return (value) => {
    if (!Number.isFinite(value)) throw new RangeError(`RUM: the value is ${value}; it must be a number`);
    above = Math.max(0, above + value - target - slack);
    below = Math.max(0, below + target - slack - value);
    aboveSince = above > 0 ? aboveSince + 1 : 0;
    belowSince = below > 0 ? belowSince + 1 : 0;
    if (above > limit) return { above, below, shift: 'up', since: aboveSince };
    if (below > limit) return { above, below, shift: 'down', since: belowSince };
    return { above, below, shift: null, since: 0 };
  };
}
