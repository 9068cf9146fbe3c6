import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newcombeInterval, type Proportion, wilsonInterval } from './proportions.js';

const someProportion = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([whole, share]): Proportion => ({ part: Math.round(whole * share), whole }));

/** By its definition: the proportions that a score test would not reject; z of 95 %. */
function isWithin(candidate: number, { part, whole }: Proportion): boolean {
  const error = Math.sqrt((candidate * (1 - candidate)) / whole);
  return Math.abs(part / whole - candidate) <= 1.959964 * error + 1e-9;
}

// Table I of https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C857::AID-SIM777%3E3.0.CO;2-E, and Table II of Newcombe's other paper.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i lies within what is published', (part, whole, low, high) => {
  const [from, to] = wilsonInterval({ part, whole });
  expect([from.toFixed(4), to.toFixed(4)]).toEqual([low.toFixed(4), high.toFixed(4)]);
});

test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [10, 10, 0, 20, 0.6791, 1],
])('%i of %i less %i of %i lies within what is published', (a, m, b, n, low, high) => {
  const [from, to] = newcombeInterval({ part: a, whole: m }, { part: b, whole: n });
  expect([from.toFixed(4), to.toFixed(4)]).toEqual([low.toFixed(4), high.toFixed(4)]);
});

test('the ends are where a score test begins to reject', () => {
  fc.assert(
    fc.property(someProportion, (proportion) => {
      const [low, high] = wilsonInterval(proportion);
      expect(low).toBeLessThanOrEqual(proportion.part / proportion.whole + 1e-12);
      expect(high).toBeGreaterThanOrEqual(proportion.part / proportion.whole - 1e-12);
      for (let share = 0; share <= 1; share += 0.02) {
        if (Math.abs(share - low) < 1e-4 || Math.abs(share - high) < 1e-4) continue;
        expect([share, share >= low && share <= high]).toEqual([share, isWithin(share, proportion)]);
      }
    }),
    { numRuns: 60 },
  );
});

test('a difference turns its sign with its sides, and nothing is beyond what can be', () => {
  fc.assert(
    fc.property(someProportion, someProportion, (a, b) => {
      const [low, high] = newcombeInterval(a, b);
      const [back, forth] = newcombeInterval(b, a);
      expect(low).toBeCloseTo(-forth, 12);
      expect(high).toBeCloseTo(-back, 12);
      expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
      expect(high).toBeLessThanOrEqual(1 + 1e-12);
    }),
  );
});
