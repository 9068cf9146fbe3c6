import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planSample } from './planSample.js';

const HOUR = 3_600_000;
const EFFORT = { scanned: 240_000, read: 8000, shortest: 2 * HOUR };

test('of few views it is all of them', () => {
  const { spans, share } = planSample({ begins: 5, ends: 30 * 24 * HOUR, views: 8000 }, EFFORT);
  expect({ spans, share }).toEqual({ spans: [{ begins: 5, ends: 30 * 24 * HOUR }], share: 1 });
});

test('of more it is some of the visitors in all of the time', () => {
  const { spans, share } = planSample({ begins: 0, ends: 24 * HOUR, views: 80_000 }, EFFORT);
  expect({ spans, share }).toEqual({ spans: [{ begins: 0, ends: 24 * HOUR }], share: 0.1 });
});

test('of very many it is spans of hours at different times of the day', () => {
  const { spans, share } = planSample({ begins: 0, ends: 720 * HOUR, views: 10_000_000 }, EFFORT);
  const byTime = [...spans].sort((a, b) => a.begins - b.begins);
  expect(byTime.length).toBe(8);
  for (const { begins, ends } of byTime) expect(Math.round((ends - begins) / HOUR)).toBe(2);
  expect(byTime.map(({ begins }) => Math.floor(begins / (90 * HOUR)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const hours = byTime.map(({ begins }) => Math.floor((begins / HOUR) % 24)).sort((a, b) => a - b);
  expect(new Set(hours).size).toBe(8);
  // No quarter of the day is left out.
  expect(new Set(hours.map((hour) => Math.floor(hour / 6))).size).toBe(4);
  expect(share).toBeCloseTo(8000 / 240_000, 2);
});

test('spans are within the range and apart, whatever is asked', () => {
  const population = fc.record({
    begins: fc.nat({ max: 1e6 }),
    length: fc.nat({ max: 1e10 }),
    views: fc.nat({ max: 1e9 }),
  });
  fc.assert(
    fc.property(population, ({ begins, length, views }) => {
      const plan = planSample({ begins, ends: begins + length, views }, EFFORT);
      const byTime = [...plan.spans].sort((a, b) => a.begins - b.begins);
      for (const [place, span] of byTime.entries()) {
        expect(span.begins).toBeGreaterThanOrEqual(byTime[place - 1]?.ends ?? begins);
        expect(span.ends).toBeLessThanOrEqual(begins + length);
        expect(span.ends).toBeGreaterThanOrEqual(span.begins);
      }
      expect(plan.share).toBeGreaterThan(0);
      expect(plan.share).toBeLessThanOrEqual(1);
    }),
  );
});
