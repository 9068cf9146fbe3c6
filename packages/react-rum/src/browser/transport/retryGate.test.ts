import { expect, test } from 'vitest';
import { createRetryGate } from './retryGate.js';

function pauses(random: number, failures: number): number[] {
  let now = 0;
  const gate = createRetryGate(
    () => now,
    () => random,
  );
  return Array.from({ length: failures }, () => {
    gate.failed();
    const pause = gate.wait();
    now += pause;
    return pause;
  });
}

test('pauses are drawn from twice as long a span each time, then the breaker keeps 30 to 60 s', () => {
  expect(pauses(0.999999, 6).map(Math.round)).toEqual([1000, 2000, 4000, 8000, 60_000, 60_000]);
  expect(pauses(0.5, 6)).toEqual([500, 1000, 2000, 4000, 45_000, 45_000]);
  expect(pauses(0, 6)).toEqual([0, 0, 0, 0, 30_000, 30_000]);
});

test('Retry-After holds where it is longer, for an hour at most', () => {
  const gate = createRetryGate(
    () => 0,
    () => 0.5,
  );
  gate.failed(90_000);
  expect(gate.wait()).toBe(90_000);
  gate.failed(1e12);
  expect(gate.wait()).toBe(3_600_000);
});

test('requests that fail side by side count as one failure', () => {
  const gate = createRetryGate(
    () => 0,
    () => 0.5,
  );
  for (let request = 0; request < 9; request++) gate.failed();
  expect(gate.probing()).toBe(false);
});

test('a success forgets all failures', () => {
  const gate = createRetryGate(
    () => 0,
    () => 0,
  );
  for (let failure = 0; failure < 5; failure++) gate.failed();
  expect(gate.probing()).toBe(true);
  gate.succeeded();
  expect([gate.probing(), gate.wait()]).toEqual([false, 0]);
});
