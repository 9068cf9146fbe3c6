import { expect, test } from 'vitest';
import { theilSen } from './theilSen.js';

test("the example of Sen's paper", () => {
  const y = [9, 15, 19, 20, 45, 55, 78];
  const line = theilSen(
    [1, 2, 3, 4, 10, 12, 18].map((x, index) => ({ x, y: y[index] as number })),
    0.93,
  );
  expect(line).toEqual({ slope: 4, low: 26 / 7, high: 35 / 8, intercept: 6 });
});

test('a quarter of wild points changes nothing', () => {
  const points = Array.from({ length: 40 }, (_, x) => ({ x, y: x % 4 === 1 ? 1e6 : 3 * x + 7 }));
  const line = theilSen(points);
  expect(line?.slope).toBe(3);
  expect(line?.intercept).toBe(7);
});

test('without a trend the interval holds 0', () => {
  const line = theilSen(Array.from({ length: 30 }, (_, x) => ({ x, y: (x * 17) % 7 })));
  expect(line && line.low <= 0 && line.high >= 0).toBe(true);
});

test('two points make a line, and those of one x none', () => {
  expect(
    theilSen([
      { x: 1, y: 1 },
      { x: 2, y: 5 },
    ]),
  ).toMatchObject({ slope: 4, low: 4, high: 4 });
  expect(
    theilSen([
      { x: 1, y: 1 },
      { x: 1, y: 5 },
    ]),
  ).toBeNull();
  expect(theilSen([])).toBeNull();
});
