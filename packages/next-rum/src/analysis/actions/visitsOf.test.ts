import { expect, test } from 'vitest';
import { visitsOf } from './visitsOf.js';

const MINUTE = 60_000;

test('half an hour of silence ends a visit, and visitors have visits of their own', () => {
  const events = [
    { visitor: 'a', occurredAt: 90 * MINUTE },
    { visitor: 'a', occurredAt: 29 * MINUTE },
    { visitor: 'b', occurredAt: 30 * MINUTE },
    { visitor: 'a', occurredAt: 0 },
    { visitor: 'a', occurredAt: 59 * MINUTE },
  ];
  const [late, second, other, first, third] = visitsOf(events);
  expect(second).toBe(first);
  expect(new Set([first, third, late, other]).size).toBe(4);
});

test('of nothing there are none', () => {
  expect(visitsOf([])).toEqual([]);
});
