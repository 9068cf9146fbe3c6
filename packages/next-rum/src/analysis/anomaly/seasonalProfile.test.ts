import { expect, test } from 'vitest';
import { createSeasonalProfile } from './seasonalProfile.js';
import { takeNumbers } from './stateNumbers.js';

const OPTIONS = { slots: 24, depth: 5, fewest: 2 };

test('the usual is the median of the means of earlier rounds', () => {
  const profile = createSeasonalProfile(OPTIONS);
  // Means 2, 10, 1000 and, under way, 4.
  for (const [round, values] of [[1, 3], [10], [1000], [4]].entries())
    for (const value of values) profile.add(7, round, value);
  expect(profile.usual(7)).toBe(10);
  expect(profile.usual(8)).toBeNaN();
});

test('a slot says nothing before it has come round often enough', () => {
  const profile = createSeasonalProfile(OPTIONS);
  profile.add(7, 0, 1);
  profile.add(7, 1, 3);
  expect(profile.usual(7)).toBeNaN();
  profile.add(8, 1, 0);
  expect(profile.usual(7)).toBe(2);
});

test('only the last rounds count', () => {
  const profile = createSeasonalProfile(OPTIONS);
  for (let round = 0; round < 20; round += 1) profile.add(7, round, round < 12 ? 1 : 50);
  expect(profile.usual(7)).toBe(50);
});

test('a restored profile is the one that was saved', () => {
  const profile = createSeasonalProfile(OPTIONS);
  for (let hour = 0; hour < 100; hour += 1) profile.add(hour % 24, Math.floor(hour / 24), hour ** 2);
  const numbers: number[] = [];
  profile.save(numbers);
  const again = createSeasonalProfile(OPTIONS, takeNumbers(Float64Array.from(numbers)));
  for (let hour = 100; hour < 200; hour += 1) {
    expect(again.usual(hour % 24)).toBe(profile.usual(hour % 24));
    for (const each of [profile, again]) each.add(hour % 24, Math.floor(hour / 24), hour);
  }
});
