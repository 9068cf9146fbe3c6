import { expect, test } from 'vitest';
import { readReceipt, writeReceipt } from './receipt.js';
import type { BatchReceipt } from './types.js';

const REFUSED = { kind: 'event', index: 1, reason: 'invalid', message: 'no name' } as const;

test.each<BatchReceipt>([
  { accepted: 20, duplicate: 0, rejected: [] },
  { accepted: 0, duplicate: 3, rejected: [REFUSED, REFUSED] },
  { accepted: 1, duplicate: 0, rejected: [], ignored: 2 },
])('what is written is read: %j', (receipt) => {
  const body = receipt.rejected.length === 0 ? '' : JSON.stringify({ rejected: receipt.rejected });
  expect(readReceipt(writeReceipt(receipt), body)).toEqual(receipt);
});

test.each([
  [null, '', '"null" is no receipt'],
  ['accepted=1', '', '"accepted=1" is no receipt'],
  ['accepted=1, duplicate=0, rejected=1', '', 'of 1 refused items the answer names 0'],
])('what is no receipt is refused: %s', (header, body, message) => {
  expect(() => readReceipt(header, body)).toThrow(message);
});
