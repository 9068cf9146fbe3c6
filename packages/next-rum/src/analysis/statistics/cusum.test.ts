import { expect, test } from 'vitest';
import { createCusum } from './cusum.js';

/** Montgomery, Introduction to Statistical Quality Control, table 9.1: the mean goes from 10 to 11 after the 20th. */
const MONTGOMERY = [
  ...[9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08],
  ...[9.37, 10.62, 10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52],
];

test("Montgomery's example: a shift at the 29th value, begun 7 values before", () => {
  const push = createCusum({ target: 10, slack: 0.5, limit: 5 });
  const results = MONTGOMERY.map(push);
  expect(results.findIndex(({ shift }) => shift !== null)).toBe(28);
  expect(results[28]).toMatchObject({ shift: 'up', since: 7 });
  expect(results[28]?.above).toBeCloseTo(5.28, 10);
  expect(results[4]?.above).toBeCloseTo(2.82, 10);
  expect(results[2]?.below).toBeCloseTo(1.77, 10);
  expect(results[29]?.above).toBeCloseTo(5.3, 10);
});

test('what falls is found as what rises', () => {
  const push = createCusum({ target: -10, slack: 0.5, limit: 5 });
  expect(MONTGOMERY.map((value) => push(-value))[28]).toMatchObject({ shift: 'down', since: 7 });
});

test('what comes back is no longer a shift', () => {
  const push = createCusum({ target: 0, slack: 1, limit: 3 });
  expect(push(10).shift).toBe('up');
  expect(push(-20)).toMatchObject({ above: 0, shift: 'down', since: 1 });
});
