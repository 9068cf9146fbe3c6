import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readStateNumbers, takeNumbers, writeStateNumbers } from './stateNumbers.js';
import { createTailSketch, TAIL_ERROR, type TailSketch } from './tailSketch.js';

function sketchOf(values: Iterable<number>): TailSketch {
  const sketch = createTailSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

function restored(sketch: TailSketch): TailSketch {
  const numbers: number[] = [];
  sketch.save(numbers);
  return createTailSketch(takeNumbers(readStateNumbers(writeStateNumbers(numbers))));
}

/** 1 to `count`, each once, in an order without order: 7919 is prime. */
function* shuffled(count: number): Generator<number> {
  for (let index = 0; index < count; index += 1) yield ((index * 7919) % count) + 1;
}

/** The quantiles of a distribution, in an order without order. */
function* quantiles(count: number, quantile: (share: number) => number): Generator<number> {
  for (const rank of shuffled(count)) yield quantile((rank - 0.5) / count);
}

test('a few values are kept one by one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 120 }),
      (values) => {
        const sketch = sketchOf(values);
        expect(sketch.total()).toBe(values.length);
        for (const value of values)
          expect(sketch.countFrom(value)).toBe(values.filter((other) => other >= value).length);
        // Plus 0, for -0 and 0 are one value.
        expect(sketch.largest() + 0).toBe(Math.max(...values) + 0);
      },
    ),
  );
});

test.each([1000, 4000])('of %d values, the count above any is right to its tenth', (count) => {
  const sketch = sketchOf(shuffled(count));
  for (let above = 1; above <= count; above = Math.ceil(above * 1.3)) {
    const estimate = sketch.countFrom(count + 1 - above);
    expect(Math.abs(estimate - above)).toBeLessThanOrEqual(Math.max(1, TAIL_ERROR * above));
  }
  expect(sketch.countFrom(count - 8)).toBe(9);
  expect(Math.abs(sketch.median() / count - 0.5)).toBeLessThan(0.03);
  expect(Math.abs(sketch.upper(0.02) / count - 0.98)).toBeLessThan(0.002);
});

test('the improbability within what was seen is that of the rank', () => {
  const sketch = sketchOf(shuffled(99));
  // 50 of 99 are at least 50; one more each, for the value itself.
  expect(sketch.decades(50)).toBeCloseTo(-Math.log10(51 / 100), 12);
  expect(sketch.decades(89)).toBeCloseTo(-Math.log10(12 / 100), 12);
  expect(sketch.decades(-5)).toBe(0);
});

test('beyond what was seen, an exponential tail goes on as one', () => {
  const sketch = sketchOf(quantiles(4000, (share) => -Math.log1p(-share)));
  for (const decades of [2.5, 4, 6, 8])
    expect(Math.abs(sketch.decades(decades * Math.LN10) - decades)).toBeLessThan(0.08 * decades);
});

test('and a heavy one as a heavy one', () => {
  const sketch = sketchOf(quantiles(4000, (share) => (1 - share) ** -0.5));
  for (const decades of [3, 4])
    expect(Math.abs(sketch.decades(10 ** (decades / 2)) - decades)).toBeLessThan(0.15 * decades);
});

test('fewer than 48 values say nothing', () => {
  expect(sketchOf(shuffled(47)).decades(1e6)).toBe(0);
  expect(sketchOf(shuffled(48)).decades(1e6)).toBeGreaterThan(3);
});

test('where all were the same, another is unheard of', () => {
  const sketch = sketchOf(new Array<number>(4000).fill(3));
  expect(sketch.decades(3)).toBe(0);
  expect(sketch.decades(3.0001)).toBeGreaterThan(10);
});

test('one monstrous value does not make the next large one common', () => {
  const sketch = sketchOf(shuffled(1000));
  sketch.add(1e100);
  expect(sketch.decades(1200)).toBeGreaterThanOrEqual(-Math.log10(2 / 1002));
});

test('what was seen long ago fades', () => {
  const sketch = createTailSketch();
  for (let index = 0; index < 5000; index += 1) sketch.add(1000 + (index % 100));
  for (let index = 0; index < 10_000; index += 1) sketch.add(index % 100);
  expect(sketch.total()).toBeLessThan(4096);
  expect(sketch.countFrom(1000) / sketch.total()).toBeLessThan(0.15);
  expect(sketch.median()).toBeLessThan(100);
});

test('a restored sketch goes on as the one that was saved', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 500 }),
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 }),
      (before, after) => {
        const kept = sketchOf(before);
        const again = restored(kept);
        for (const value of after) {
          expect(again.decades(value)).toBe(kept.decades(value));
          expect(again.median()).toBe(kept.median());
          kept.add(value);
          again.add(value);
        }
        expect(again.total()).toBe(kept.total());
      },
    ),
  );
});

test('a state of something else is refused', () => {
  expect(() => createTailSketch(takeNumbers(Float64Array.of(1e9)))).toThrow(RangeError);
});
