import { expect, test } from 'vitest';
import type { CustomEvent, LossEvent } from '../../protocol/index.js';
import { createLedger } from './ledger.js';

const event = (id: string): CustomEvent => ({
  type: 'custom',
  id,
  viewId: 'v',
  at: 0,
  route: '/',
  name: 'x',
});
const loss: LossEvent = {
  type: 'loss',
  id: 'l',
  viewId: 'v',
  at: 0,
  route: '/',
  reason: 'queue_full',
  count: 2,
};

test('what is captured waits until it is answered for, revisions of a view as one', () => {
  const ledger = createLedger();
  for (const id of ['a', 'b', 'b']) ledger.take(event(id), 'captured');
  expect(ledger.waiting()).toBe(2);

  ledger.answer(['a'], 503, {}, 20);
  expect([ledger.waiting(), ledger.settled(), ledger.lastAnswer()]).toEqual([
    2,
    0,
    '503, goes again · 20 ms',
  ]);
  ledger.answer(['a'], 202, { rejected: [] }, 34);
  expect([ledger.waiting(), ledger.settled(), ledger.lastAnswer()]).toEqual([1, 1, '202 stored · 34 ms']);
  ledger.answer(['b'], 400, { error: 'malformed' }, 5);
  expect([ledger.waiting(), ledger.settled(), ledger.lastAnswer()]).toEqual([
    0,
    2,
    '400 refused: malformed · 5 ms',
  ]);
});

test('an address without a collector is told of as such', () => {
  const ledger = createLedger();
  ledger.answer(['a'], 404, {}, 7);
  expect(ledger.lastAnswer()).toBe('404 refused: there is no collector at the endpoint · 7 ms');
  ledger.answer(['b'], 404, { error: 'malformed' }, 7);
  expect(ledger.lastAnswer()).toBe('404 refused: malformed · 7 ms');
});

test('what is dropped does not wait, and losses add up by reason', () => {
  const ledger = createLedger();
  ledger.take(event('a'), 'dropped');
  ledger.take(loss, 'captured');
  ledger.take({ ...loss, id: 'm' }, 'captured');
  ledger.take({ ...loss, id: 'n', reason: 'before_send', count: 1 }, 'captured');
  expect(ledger.dropped()).toBe(1);
  expect(ledger.waiting()).toBe(3);
  expect(ledger.losses()).toEqual([
    ['queue_full', 4],
    ['before_send', 1],
  ]);
});
