import { expect, test } from 'vitest';
import { createDispersion } from './dispersion.js';

/** Boys in 6,115 families of 12 children in Saxony: https://en.wikipedia.org/wiki/Beta-binomial_distribution#Example. */
const FAMILIES = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7];
const BOYS = 34.09558 / (34.09558 + 31.5715);

test('boys in families of Saxony scatter as in the published fit', () => {
  // 1 / (a + b + 1)
  const published = 1 / (34.09558 + 31.5715 + 1);
  const dispersion = createDispersion();
  // As many of each as there are, in turn, so that those that are remembered are like all.
  const debts = FAMILIES.map(() => 0);
  for (let family = 0; family < 6115; family += 1) {
    for (const [boys, count] of FAMILIES.entries()) debts[boys] = (debts[boys] ?? 0) + count / 6115;
    const boys = debts.indexOf(Math.max(...debts));
    debts[boys] = (debts[boys] ?? 0) - 1;
    dispersion.add((boys - 12 * BOYS) ** 2 / (12 * BOYS * (1 - BOYS)), 11);
  }
  // Of the 400 that are remembered.
  expect(Math.abs(dispersion.value(published) - published)).toBeLessThan(0.002);
});

test('what is not seen yet is what is thought of it, and chance alone makes none', () => {
  const dispersion = createDispersion();
  expect(dispersion.value(0.004)).toBe(0.004);
  for (let bucket = 0; bucket < 2000; bucket += 1) dispersion.add(1, 99);
  expect(dispersion.value(0.004)).toBeLessThan(0.0001);
});

test('one wild bucket does not carry it away', () => {
  const dispersion = createDispersion();
  for (let bucket = 0; bucket < 200; bucket += 1) dispersion.add(2, 99);
  const before = dispersion.value(0.01);
  dispersion.add(1e6, 99);
  expect(dispersion.value(0.01)).toBeLessThan(before + 0.002);
});

test.each([0, 0.15])(
  'whatever was thought before, here %d, four hundred families say what is published',
  (prior) => {
    const published = 1 / (34.09558 + 31.5715 + 1);
    const dispersion = createDispersion();
    const seen: number[] = [];
    const debts = FAMILIES.map(() => 0);
    for (let family = 0; family < 6115; family += 1) {
      for (const [boys, count] of FAMILIES.entries()) debts[boys] = (debts[boys] ?? 0) + count / 6115;
      const boys = debts.indexOf(Math.max(...debts));
      debts[boys] = (debts[boys] ?? 0) - 1;
      const ratio = (boys - 12 * BOYS) ** 2 / (12 * BOYS * (1 - BOYS));
      dispersion.add(ratio, 11);
      seen.push(ratio);
    }
    // Moments, of which each family counts 0.25 % less than the next, with eight families as it was thought.
    const weights = seen.map((_, place) => 0.9975 ** (seen.length - 1 - place));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const excess = weights.reduce((sum, weight, place) => sum + weight * ((seen[place] ?? 0) - 1), 0);
    expect(dispersion.value(prior)).toBeCloseTo((excess + 8 * prior * 11) / ((all + 8) * 11), 12);
    expect(Math.abs(dispersion.value(prior) - published)).toBeLessThan(0.005);
  },
);
