import { expect, test } from 'vitest';
import { createSamplingStep } from './samplingStep.js';
import { takeNumbers } from './stateNumbers.js';

test('the step is the usual distance, whatever gaps there are', () => {
  const step = createSamplingStep();
  expect(step.now()).toBeNaN();
  for (const distance of [60, 60, 3_000_000, 61, 60]) step.add(distance);
  expect(step.now()).toBe(60);
});

test('another rhythm becomes the step after eight points', () => {
  const step = createSamplingStep();
  for (let count = 0; count < 30; count += 1) step.add(60);
  for (let count = 0; count < 7; count += 1) step.add(3600);
  expect(step.now()).toBe(60);
  step.add(3600);
  expect(step.now()).toBe(3600);
});

test('restored, it goes on', () => {
  const step = createSamplingStep();
  for (let count = 0; count < 20; count += 1) step.add(count);
  const numbers: number[] = [];
  step.save(numbers);
  const again = createSamplingStep(takeNumbers(Float64Array.from(numbers)));
  expect(again.now()).toBe(step.now());
  for (const each of [step, again]) each.add(100);
  expect(again.now()).toBe(step.now());
});
