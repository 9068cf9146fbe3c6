/** Fewer samples than these make no point of a percentile's course. */
export const ENOUGH_SAMPLES = 30;

/**
 * Joins neighbours in time until each group has enough samples to tell a percentile of them. A remainder that never gets enough
 * belongs to the group before it; where there is none, it is one group of too few.
 *
 * @param buckets By time; `n` is how many samples each has. Those without any are left out.
 * @returns In the same order, every bucket with samples in one group.
 *
 * @example
 * ```ts
 * enoughEach([{ n: 40 }, { n: 0 }, { n: 12 }, { n: 20 }, { n: 3 }]); // [[{ n: 40 }], [{ n: 12 }, { n: 20 }, { n: 3 }]]
 * ```
 */
export function enoughEach<Bucket extends { readonly n: number }>(
  buckets: readonly Bucket[],
  least: number = ENOUGH_SAMPLES,
): readonly (readonly [Bucket, ...Bucket[]])[] {
  const groups: { readonly buckets: [Bucket, ...Bucket[]]; n: number }[] = [];
  for (const bucket of buckets) {
    if (bucket.n === 0) continue;
    const last = groups.at(-1);
    if (last === undefined || last.n >= least) {
      groups.push({ buckets: [bucket], n: bucket.n });
    } else {
      last.buckets.push(bucket);
      last.n += bucket.n;
    }
  }
  const [remainder, before] = [groups.at(-1), groups.at(-2)];
  if (remainder !== undefined && before !== undefined && remainder.n < least) {
    before.buckets.push(...remainder.buckets);
    groups.pop();
  }
  return groups.map((group) => group.buckets);
}
