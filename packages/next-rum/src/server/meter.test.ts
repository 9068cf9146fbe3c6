import type { RejectedItem } from '@rumkit/react-rum/protocol';
import { expect, test } from 'vitest';
import type { IngestCount } from '../store/ingestStore.js';
import { StoreError } from '../store/storeError.js';
import { NOON, openTestStore } from '../testing/rumServer.js';
import { createMeter } from './meter.js';

const NO_MARKS = { bot: 0, clockCorrected: 0, clockClamped: 0, otherLabel: 0 };
const MINUTE = 60_000;

function accepted(accepted: number, duplicate = 0, reasons: readonly RejectedItem['reason'][] = []) {
  const rejected = reasons.map(
    (reason, index): RejectedItem => ({ kind: 'view', index, reason, message: '' }),
  );
  return { kind: 'accepted', receipt: { accepted, duplicate, rejected }, marks: NO_MARKS } as const;
}

function byCounter(counts: readonly IngestCount[]) {
  return Object.fromEntries(counts.map(({ counter, amount }) => [counter, amount]));
}

test('what was received is what was accepted, known or rejected, item by item and batch by batch', () => {
  const meter = createMeter(() => NOON);
  meter.count(accepted(3, 2, ['invalid', 'invalid', 'too_large']));
  meter.count({ ...accepted(1), marks: { bot: 1, clockCorrected: 1, clockClamped: 0, otherLabel: 0 } });
  meter.count({ kind: 'refused', reason: 'malformed' });
  meter.count({ kind: 'deferred', reason: 'busy' });
  expect(byCounter(meter.recent())).toEqual({
    'batches.received': 4,
    'batches.accepted': 2,
    'batches.refused.malformed': 1,
    'batches.deferred.busy': 1,
    'items.received': 9,
    'items.accepted': 4,
    'items.duplicate': 2,
    'items.rejected.invalid': 2,
    'items.rejected.too_large': 1,
    'rows.bot': 1,
    'rows.clock_corrected': 1,
  });
});

test('all of a batch is counted in one whole minute, though the clock goes on meanwhile', () => {
  let time = NOON - 10;
  const meter = createMeter(() => {
    time += 1;
    return time;
  });
  for (let batches = 0; batches < 20; batches += 1) {
    meter.count({ ...accepted(3, 2, ['invalid']), marks: { ...NO_MARKS, bot: 1 } });
    meter.count({ kind: 'refused', reason: 'malformed' });
  }
  const counts = meter.recent();
  const minutes = [...new Set(counts.map(({ minute }) => minute))];
  expect(minutes).toEqual([NOON - MINUTE, NOON]);
  for (const minute of minutes) {
    const of = byCounter(counts.filter((count) => count.minute === minute));
    expect(of['batches.received']).toBe(
      (of['batches.accepted'] ?? 0) + (of['batches.refused.malformed'] ?? 0),
    );
    expect(of['items.received']).toBe(6 * (of['batches.accepted'] ?? 0));
    expect([of['items.accepted'], of['items.duplicate'], of['items.rejected.invalid']]).toEqual(
      [3, 2, 1].map((items) => items * (of['batches.accepted'] ?? 0)),
    );
  }
});

test('a minute is stored when it is over, and only once', async () => {
  let time = NOON + 30_000;
  const store = await openTestStore();
  const meter = createMeter(() => time);
  meter.count(accepted(1));
  expect(meter.due()).toBe(false);
  await meter.save(store);
  expect(await store.counts(0, 1e15)).toEqual([]);

  time = NOON + MINUTE;
  meter.count(accepted(1));
  expect(meter.due()).toBe(true);
  await Promise.all([meter.save(store), meter.save(store)]);
  await meter.save(store);
  expect(byCounter(await store.counts(NOON, NOON + MINUTE))).toMatchObject({ 'items.accepted': 1 });
  expect(await store.counts(NOON + MINUTE, 1e15)).toEqual([]);
  expect(meter.due()).toBe(false);
});

test('the minute under way is stored when asked for, and the rest of it later', async () => {
  let time = NOON;
  const store = await openTestStore();
  const meter = createMeter(() => time);
  meter.count(accepted(2));
  await meter.save(store, true);
  meter.count(accepted(5));
  await meter.save(store, true);
  meter.countLate(1);
  time += MINUTE;
  await meter.save(store);
  expect(byCounter(await store.counts(0, 1e15))).toMatchObject({
    'items.accepted': 7,
    'batches.received': 2,
    'items.late': 1,
  });
});

test('counts that cannot be stored are kept, and tried again after a while', async () => {
  let time = NOON;
  const store = await openTestStore();
  const meter = createMeter(() => time);
  meter.count(accepted(1));
  time += MINUTE;
  const broken = { ...store, addCounts: () => Promise.reject(new StoreError('unavailable', 'gone')) };
  await expect(meter.save(broken)).rejects.toThrow('gone');
  expect(meter.due()).toBe(false);
  time += 10_000;
  expect(meter.due()).toBe(true);
  await meter.save(store);
  expect(byCounter(await store.counts(0, 1e15))).toMatchObject({ 'items.accepted': 1 });
});

test('counts that were committed and whose answer was lost are added once', async () => {
  const store = await openTestStore();
  const meter = createMeter(() => NOON);
  const cut: typeof store = {
    ...store,
    addCounts: async (...counts) => {
      await store.addCounts(...counts);
      throw new StoreError('unavailable', 'the connection was cut');
    },
  };
  meter.count(accepted(1));
  await meter.save(store, true);
  meter.count(accepted(2));
  await expect(meter.save(cut, true)).rejects.toThrow('cut');
  meter.count(accepted(4));
  await expect(meter.save(cut, true)).rejects.toThrow('cut');
  await meter.save(store, true);
  await meter.save(store, true);
  expect(byCounter(await store.counts(0, 1e15))).toMatchObject({
    'items.accepted': 7,
    'batches.received': 3,
  });
});

test('an hour is remembered', () => {
  let time = NOON;
  const meter = createMeter(() => time);
  for (let minute = 0; minute < 100; minute += 1) {
    meter.count(accepted(1));
    time += MINUTE;
  }
  expect(new Set(meter.recent().map(({ minute }) => minute)).size).toBe(60);
});
