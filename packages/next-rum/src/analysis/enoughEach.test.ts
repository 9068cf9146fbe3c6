import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENOUGH_SAMPLES, enoughEach } from './enoughEach.js';

const bucketsOf = (counts: readonly number[]) => counts.map((n, t) => ({ t, n }));
const countsOf = (counts: readonly number[]) =>
  enoughEach(bucketsOf(counts)).map((group) => group.map(({ n }) => n));

test('neighbours are joined up to 30, what remains belongs to the last, and what is empty to none', () => {
  expect(countsOf([40, 0, 12, 20, 3])).toEqual([[40], [12, 20, 3]]);
  expect(countsOf([29, 1, 30, 31])).toEqual([[29, 1], [30], [31]]);
  expect(countsOf([1, 0, 5])).toEqual([[1, 5]]);
  expect(countsOf([0, 0])).toEqual([]);
});

test('nothing is lost, added or put elsewhere, and each has enough unless all together have too few', () => {
  const counts = fc.array(fc.oneof(fc.nat(5), fc.nat(80)), { maxLength: 60 });
  fc.assert(
    fc.property(counts, (given) => {
      const buckets = bucketsOf(given);
      const groups = enoughEach(buckets);
      expect(groups.flat()).toEqual(buckets.filter(({ n }) => n > 0));
      const sums = groups.map((group) => group.reduce((sum, { n }) => sum + n, 0));
      if (sums.length > 1) expect(Math.min(...sums)).toBeGreaterThanOrEqual(ENOUGH_SAMPLES);
      // As fine as they can be: but for the last, each has enough only by the bucket that ends it.
      for (const group of groups.slice(0, -1)) {
        const withoutLast = group.slice(0, -1).reduce((sum, { n }) => sum + n, 0);
        expect(withoutLast).toBeLessThan(ENOUGH_SAMPLES);
      }
    }),
  );
});
