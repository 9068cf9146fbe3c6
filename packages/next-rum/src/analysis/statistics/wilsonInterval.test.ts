import { expect, test } from 'vitest';
import { wilsonInterval } from './wilsonInterval.js';

test('is what Newcombe gives for his examples', () => {
  // https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I, method 3.
  for (const [hits, n, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const [from, to] = wilsonInterval(hits, n) ?? [];
    expect(from).toBeCloseTo(low, 4);
    expect(to).toBeCloseTo(high, 4);
  }
});

test('ends at 0 and 1, and there is none of nothing', () => {
  expect(wilsonInterval(0, 5)?.[0]).toBe(0);
  expect(wilsonInterval(5, 5)?.[1]).toBe(1);
  expect(wilsonInterval(0, 0)).toBeNull();
});
