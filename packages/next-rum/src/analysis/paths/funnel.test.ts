import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutAttempts, type Hit, takeSteps } from './funnel.js';

const someHits = fc
  .array(fc.record({ at: fc.nat(200), key: fc.constantFrom('a', 'b', 'c', 'x') }), { maxLength: 14 })
  .map((hits): readonly Hit[] => hits.sort((a, b) => a.at - b.at));
const someSteps = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 5 });

/** The longest beginning of the steps that can be found in order, by trying every choice. */
function farthest(hits: readonly Hit[], steps: readonly string[]): number {
  const [next, ...rest] = steps;
  if (next === undefined) return 0;
  return Math.max(
    0,
    ...hits.flatMap((hit, place) => (hit.key === next ? [1 + farthest(hits.slice(place + 1), rest)] : [])),
  );
}

test('somebody came as far as any choice of hits leads, each step as early as can be', () => {
  fc.assert(
    fc.property(someHits, someSteps, (hits, steps) => {
      const taken = takeSteps(hits, steps);
      expect(taken).toHaveLength(farthest(hits, steps));
      expect(taken.map(({ key }) => key)).toEqual(steps.slice(0, taken.length));
      for (const [index, hit] of taken.entries()) {
        const until = hits.slice(0, hits.indexOf(hit));
        expect(farthest(until, steps.slice(0, index + 1))).toBeLessThanOrEqual(index);
      }
    }),
  );
});

test('an attempt begins with the first step and lasts its time, and none is within another', () => {
  fc.assert(
    fc.property(someHits, fc.integer({ min: 1, max: 80 }), (hits, length) => {
      const attempts = cutAttempts(hits, 'a', length);
      let ends = Number.NEGATIVE_INFINITY;
      for (const attempt of attempts) {
        const [first] = attempt;
        const begins = hits.find(({ at, key }) => key === 'a' && at > ends);
        expect(first).toBe(begins);
        const begin = first?.at ?? 0;
        const within = hits.slice(hits.indexOf(first as Hit)).filter(({ at }) => at <= begin + length);
        expect(attempt).toEqual(within);
        ends = begin + length;
      }
      expect(hits.some(({ at, key }) => key === 'a' && at > ends)).toBe(false);
    }),
  );
});
