import { expect, test } from 'vitest';
import { createCls, type LayoutShift } from './cls.js';

const shift = (startTime: number, value: number, rest: object = {}) =>
  ({ startTime, value, hadRecentInput: false, ...rest }) as LayoutShift;

function clsOf(...shifts: readonly LayoutShift[]) {
  const cls = createCls();
  for (const each of shifts) cls.add(each);
  return cls;
}

test('without shifts it is 0', () => {
  expect(clsOf()).toMatchObject({ value: 0, entries: [] });
});

test('shifts less than a second apart add up', () => {
  const cls = clsOf(shift(100, 0.1), shift(1099, 0.2));
  expect(cls.value).toBe(0.1 + 0.2);
  expect(cls.entries.map(({ startTime }) => startTime)).toEqual([100, 1099]);
});

test('a second of silence ends a burst; the largest burst counts, whether it was the last or not', () => {
  expect(clsOf(shift(0, 0.1), shift(1000, 0.2)).value).toBe(0.2);
  const cls = clsOf(shift(0, 0.2), shift(10, 0.1), shift(2000, 0.1));
  expect(cls.value).toBe(0.2 + 0.1);
  expect(cls.entries.map(({ startTime }) => startTime)).toEqual([0, 10]);
});

test('no burst lasts five seconds', () => {
  const cls = clsOf(...Array.from({ length: 8 }, (_, index) => shift(index * 900, 0.125)));
  // 0, 900 … 4500 are one; 5400 begins the next.
  expect(cls.value).toBe(6 * 0.125);
});

test('what the visitor caused is no shift', () => {
  expect(clsOf(shift(0, 0.5, { hadRecentInput: true }), shift(1, 0.1)).value).toBe(0.1);
});

test('a navigation begins with nothing', () => {
  const cls = clsOf(shift(0, 0.3));
  cls.begin();
  expect(cls).toMatchObject({ value: 0, entries: [] });
  cls.add(shift(10, 0.1));
  expect(cls.value).toBe(0.1);
});
