import { expect, test } from 'vitest';
import { gapsOf, partitionLength } from './missingPartitions.js';

const DAY = 86_400_000;
const days = (begins: number, ends: number) => ({ begins: begins * DAY, ends: ends * DAY });

test('a partition is a day long, and longer where there would be too many', () => {
  expect([1, 30, 45, 46, 90, 365].map((kept) => partitionLength(kept * DAY) / DAY)).toEqual([
    1, 1, 1, 2, 2, 9,
  ]);
});

test.each([
  ['nothing', [], 1, [days(10, 11), days(11, 12), days(12, 13), days(13, 14)]],
  ['all of it', [days(3, 10), days(10, 20)], 1, []],
  ['some', [days(9, 11), days(12, 13), days(20, 21)], 1, [days(11, 12), days(13, 14)]],
  ['nothing, in pieces of a week', [], 7, [days(10, 14)]],
  ['the first day, in pieces of nine days', [days(10, 11)], 9, [days(11, 18)]],
  ['a later day, in pieces of nine days', [days(13, 14)], 9, [days(10, 13)]],
] as const)('of four days there is %s', (_, made, length, expected) => {
  expect(gapsOf(days(10, 14), made, length * DAY)).toEqual(expected);
});
