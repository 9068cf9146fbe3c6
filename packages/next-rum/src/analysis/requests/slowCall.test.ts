import { expect, test } from 'vitest';
import { type Call, slowestCall } from './slowCall.js';

const VIEW = { t: 1_000_000, value: 3000 };
const USUAL = 2000;

function call(name: string, after: number, duration: number | null, said: Call['said'] = {}): Call {
  return {
    name,
    occurredAt: VIEW.t + after,
    duration,
    said: { initiator: 'fetch', method: 'GET', status: 200, ...said },
  };
}

test('of the calls that took a third of it the longest is named', () => {
  const calls = [call('/a', 100, 1000), call('/b', 200, 1800), call('/c', 300, 999)];
  expect(slowestCall(VIEW, USUAL, calls)).toEqual({
    name: '/b',
    initiator: 'fetch',
    method: 'GET',
    operation: null,
  });
  expect(slowestCall(VIEW, USUAL, calls.slice(2))).toBeNull();
});

test.each([
  ['that was answered after it', call('/late', 1500, 1600)],
  ['that was begun before the view', call('/early', -100, 1500)],
  ['that was given up', call('/gone', 100, 1500, { status: 0, failure: 'abort' })],
  ['that tells no duration', call('/untold', 100, null)],
] as const)('a call %s held up nothing', (_, given) => {
  expect(slowestCall(VIEW, USUAL, [given])).toBeNull();
});

test('a failure is waited for too, and the painted answer may be counted some ms later', () => {
  expect(slowestCall(VIEW, USUAL, [call('/down', 0, 3005, { status: 0, failure: 'network' })])?.name).toBe(
    '/down',
  );
});

test('a fast view has no slow calls', () => {
  const fast = { t: VIEW.t, value: 600 };
  expect(slowestCall(fast, USUAL, [call('/a', 10, 500)])).toBeNull();
  expect(slowestCall(fast, 0, [call('/a', 10, 500)])?.name).toBe('/a');
});
