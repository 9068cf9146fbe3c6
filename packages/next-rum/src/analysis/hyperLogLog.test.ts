import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addCounter,
  addName,
  addWrittenCounter,
  estimateCount,
  type HyperLogLog,
  UNIQUES_ERROR,
  writeCounter,
} from './hyperLogLog.js';
import { numbersOf, writeNumbers } from './numberText.js';

test.each([
  ['in a row', (index: number) => `visitor ${index}`],
  ['random', (index: number) => `${(index * 2_654_435_761) % 4_294_967_296}`.padStart(32, 'f')],
])('the count of names %s is within three standard errors at every size', (_name, nameOf) => {
  const counter: HyperLogLog = new Map();
  let added = 0;
  for (const size of [1, 10, 100, 1000, 5000, 10_000, 20_000, 50_000, 200_000]) {
    for (; added < size; added += 1) addName(counter, nameOf(added));
    expect(Math.abs(estimateCount(counter) - size)).toBeLessThanOrEqual(
      Math.max(1, 3 * UNIQUES_ERROR * size),
    );
  }
});

test('the error over many counts is what is stated, without a lean to one side', () => {
  const errors = Array.from({ length: 60 }, (_, round) => {
    const counter: HyperLogLog = new Map();
    for (let index = 0; index < 10_000; index += 1) addName(counter, `${round}/${index}`);
    return estimateCount(counter) / 10_000 - 1;
  });
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);

  expect(deviation).toBeLessThanOrEqual(1.5 * UNIQUES_ERROR);
  expect(Math.abs(mean)).toBeLessThanOrEqual(0.5 * UNIQUES_ERROR);
});

const names = fc.array(fc.string(), { maxLength: 200 });

test('counters of parts, in any order and repeated, are that of the whole', () => {
  fc.assert(
    fc.property(fc.array(names, { maxLength: 5 }), (parts) => {
      const joined: HyperLogLog = new Map();
      for (const part of [...parts, ...parts].reverse()) addCounter(joined, counterOf(part));
      expect(joined).toEqual(counterOf(parts.flat()));
    }),
  );
});

test('a counter comes back as it was written', () => {
  fc.assert(
    fc.property(names, (given) => {
      const read: HyperLogLog = new Map();
      addWrittenCounter(read, numbersOf(writeNumbers(writeCounter(counterOf(given)))));
      expect(read).toEqual(counterOf(given));
    }),
  );
});

test('nothing counts as none', () => {
  expect(estimateCount(new Map())).toBe(0);
});

function counterOf(given: readonly string[]): HyperLogLog {
  const counter: HyperLogLog = new Map();
  for (const name of given) addName(counter, name);
  return counter;
}
