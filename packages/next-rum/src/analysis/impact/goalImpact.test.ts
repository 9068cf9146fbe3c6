import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { impactBuckets, LEAST_SESSIONS, type SessionExperience, whatIf } from './goalImpact.js';

const session = fc.record({ value: fc.nat(5000), reached: fc.boolean() });

/** So many sessions of one value, of which so many had the goal. */
function sessionsOf(value: number, n: number, reached: number): SessionExperience[] {
  return Array.from({ length: n }, (_, index) => ({ value, reached: index < reached }));
}

describe('impactBuckets', () => {
  test('are tenths where values differ', () => {
    const sessions = Array.from({ length: 1000 }, (_, value) => ({ value, reached: value % 100 < 7 }));
    expect(impactBuckets(sessions)).toEqual(
      Array.from({ length: 10 }, (_, place) => ({
        from: 100 * place,
        to: 100 * place + 99,
        n: 100,
        reached: 7,
      })),
    );
  });

  test('keep equal values together, and have enough sessions each', () => {
    const sessions = [...sessionsOf(0, 500, 50), ...sessionsOf(0.01, 20, 1), ...sessionsOf(0.3, 80, 2)];
    expect(impactBuckets(sessions)).toEqual([
      { from: 0, to: 0, n: 500, reached: 50 },
      { from: 0.01, to: 0.3, n: 100, reached: 3 },
    ]);
    expect(impactBuckets([])).toEqual([]);
    expect(impactBuckets(sessionsOf(3, 5, 2))).toEqual([{ from: 3, to: 3, n: 5, reached: 2 }]);
  });

  test('hold every session once, in order, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(session, { maxLength: 600 }), (sessions) => {
        const buckets = impactBuckets(sessions);
        for (const { from, to, n, reached } of buckets) {
          const inside = sessions.filter(({ value }) => value >= from && value <= to);
          expect([inside.length, inside.filter((each) => each.reached).length]).toEqual([n, reached]);
          if (buckets.length > 1) expect(n).toBeGreaterThanOrEqual(LEAST_SESSIONS);
        }
        expect(buckets.reduce((sum, { n }) => sum + n, 0)).toBe(sessions.length);
        expect(buckets.length).toBeLessThanOrEqual(10);
      }),
    );
  });
});

describe('whatIf', () => {
  test('weights the two groups, and scales the interval of their difference', () => {
    // Newcombe 1998, table II (a): 56 of 70 against 48 of 80 differ by 0.2, 95 % 0.0524 to 0.3339.
    const sessions = [...sessionsOf(1000, 70, 56), ...sessionsOf(3000, 80, 48)];
    const better = whatIf(sessions, 2000);
    const shift = 0.75 - 70 / 150;
    expect(better).toMatchObject({
      target: 2000,
      within: { part: 56, whole: 70 },
      beyond: { part: 48, whole: 80 },
    });
    expect(better?.actual).toBeCloseTo(104 / 150, 12);
    expect(better?.weighted).toBeCloseTo(0.75 * 0.8 + 0.25 * 0.6, 12);
    expect((better?.weighted ?? 0) - (better?.actual ?? 0)).toBeCloseTo(shift * 0.2, 12);
    expect(better?.interval[0]).toBeCloseTo(shift * 0.0524, 4);
    expect(better?.interval[1]).toBeCloseTo(shift * 0.3339, 4);
  });

  test('says nothing of few', () => {
    expect(whatIf([...sessionsOf(1, 29, 5), ...sessionsOf(9, 500, 5)], 5)).toBeNull();
    expect(whatIf([...sessionsOf(1, 500, 5), ...sessionsOf(9, 29, 5)], 5)).toBeNull();
    expect(whatIf([], 5)).toBeNull();
  });

  test('is the mean of weights that put p75 on the target, and of such the nearest to equal ones', () => {
    fc.assert(
      fc.property(
        fc.array(session, { minLength: 80, maxLength: 200 }),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 200, maxLength: 200 }),
        (sessions, noise) => {
          const target = 2500;
          const better = whatIf(sessions, target);
          if (better === null) return;
          const isWithin = ({ value }: SessionExperience): boolean => value <= target;
          const weights = sessions.map((each) =>
            isWithin(each) ? 0.75 / better.within.whole : 0.25 / better.beyond.whole,
          );
          const sumOf = (which: (each: SessionExperience) => boolean, of = weights): number =>
            sessions.reduce((sum, each, index) => sum + (which(each) ? (of[index] ?? 0) : 0), 0);
          expect(sumOf(isWithin)).toBeCloseTo(0.75, 10);
          expect(sumOf(({ reached }) => reached)).toBeCloseTo(better.weighted, 10);
          // Whoever moves weight about within the groups is farther from equal weights.
          const moved = weights.map((weight, index) => weight * (1 + 0.5 * (noise[index] ?? 0)));
          const [inside, outside] = [sumOf(isWithin, moved), sumOf((each) => !isWithin(each), moved)];
          const other = moved.map((weight, index) =>
            sessions[index] !== undefined && isWithin(sessions[index])
              ? (0.75 * weight) / inside
              : (0.25 * weight) / outside,
          );
          const distance = (of: readonly number[]): number =>
            of.reduce((sum, weight) => sum + weight * Math.log(weight * sessions.length), 0);
          expect(distance(other)).toBeGreaterThanOrEqual(distance(weights) - 1e-12);
        },
      ),
    );
  });
});
