import { expect, test } from 'vitest';
import { logChoose, logGamma, logRising } from './logGamma.js';

test('of whole numbers it is the logarithm of the factorial', () => {
  let factorial = 1n;
  for (let n = 1; n <= 170; n += 1) {
    expect(logGamma(n)).toBeCloseTo(Math.log(Number(factorial)), 11);
    factorial *= BigInt(n);
  }
});

test('of halves it comes from the square root of π', () => {
  expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 13);
  expect(logGamma(2.5)).toBeCloseTo(Math.log(0.75 * Math.sqrt(Math.PI)), 13);
});

test('it satisfies the reflection formula', () => {
  for (const x of [0.001, 0.1, 0.3, 0.49])
    expect(logGamma(x) + logGamma(1 - x)).toBeCloseTo(Math.log(Math.PI / Math.sin(Math.PI * x)), 12);
});

test('of a million it is right to 15 digits', () => {
  expect(logGamma(1e6) / 12_815_504.569147611).toBeCloseTo(1, 14);
});

test('ways to choose', () => {
  expect(Math.exp(logChoose(52, 5))).toBeCloseTo(2_598_960, 5);
  expect(logChoose(7, 0)).toBeCloseTo(0, 12);
});

test('the rise from one number to another keeps its digits', () => {
  expect(logRising(0.5, 3)).toBeCloseTo(Math.log(0.5 * 1.5 * 2.5), 12);
  expect(logRising(1e12, 2)).toBeCloseTo(Math.log(1e12) + Math.log(1e12 + 1), 12);
});
