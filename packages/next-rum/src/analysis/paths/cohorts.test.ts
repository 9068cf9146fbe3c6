import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weekCohorts, weekOf } from './cohorts.js';

const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 10, 23);

test('a week begins on Monday, UTC', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
      const week = weekOf(at);
      expect([new Date(week).getUTCDay(), week % DAY]).toEqual([1, week < 0 ? -0 : 0]);
      expect(at - week >= 0 && at - week < 7 * DAY).toBe(true);
    }),
  );
});

test('each user is in one cohort, and in as many later weeks as they were seen in', () => {
  const someWeeks = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(someWeeks, { maxLength: 30 }), (users) => {
      const weekAt = (number: number): number => MONDAY + number * 7 * DAY;
      const cohorts = weekCohorts(
        users.map((weeks) => weeks.map(weekAt)),
        weekAt(5),
      );
      for (let first = 0; first <= 5; first += 1) {
        const own = users.filter((weeks) => Math.min(...weeks) === first);
        const cohort = cohorts.find(({ t }) => t === weekAt(first));
        expect(cohort?.users ?? 0).toBe(own.length);
        for (let later = 1; cohort !== undefined && first + later <= 5; later += 1) {
          expect(cohort.returned[later - 1]).toBe(
            own.filter((weeks) => weeks.includes(first + later)).length,
          );
        }
      }
    }),
  );
});
