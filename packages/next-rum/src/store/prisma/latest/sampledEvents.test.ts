import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeEvent, makeView, NOON } from '../../../testing/rows.js';
import { connectSqliteForTest } from '../../../testing/storeClients.js';
import { openStore } from '../../openStore.js';
import type { EventRow, ViewRow } from '../../rows.js';
import { DIALECTS } from '../dialect.js';
import { createReadMemory } from '../rollup/readMemory.js';
import type { Source } from '../rollup/rollupCells.js';
import { sampledEvents } from './sampledEvents.js';

const HOUR = 3_600_000;
const RANGE = { app: 'shop', from: NOON, to: NOON + 48 * HOUR };

async function store(
  views: readonly ViewRow[],
  events: readonly EventRow[],
  rolledUpAt: number,
): Promise<Source> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-sample-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const url = `file:${folder}/rum.db`;
  const opened = await openStore(url);
  await opened.insert({ views, events });
  await opened.rollUp({ now: () => rolledUpAt });
  await opened.close();
  const client = await connectSqliteForTest(url);
  onTestFinished(() => client.$disconnect());
  return { client, dialect: DIALECTS.sqlite, memory: createReadMemory() };
}

/** Three of four in the first day, and of each kind half. */
const EVENTS = Array.from({ length: 24_000 }, (_, index) =>
  makeEvent(index, {
    viewId: index % 8 === 0 ? '018f0000-0000-7000-8000-000000000001' : '018f0000-0000-7000-8000-000000000002',
    type: index % 2 === 0 ? 'action' : 'resource',
    occurredAt: NOON + (index < 18_000 ? index * 4800 : 24 * HOUR + (index - 18_000) * 14_400),
  }),
);

test('a sample has of each time its share, no event twice, the latest first', async () => {
  // Half of it rolled up, the other counted as it is.
  const source = await store([], EVENTS, NOON + 20 * HOUR);
  const { events, told } = await sampledEvents(source, RANGE, ['action']);
  expect(told).toEqual({ events: 5000, of: 12_000, since: NOON, complete: false });
  expect(new Set(events.map(({ id }) => id)).size).toBe(5000);
  expect(events.every(({ type }) => type === 'action')).toBe(true);
  expect(events.map(({ occurredAt }) => occurredAt)).toEqual(
    events.map(({ occurredAt }) => occurredAt).sort((a, b) => b - a),
  );
  const early = events.filter(({ occurredAt }) => occurredAt < NOON + 24 * HOUR).length;
  expect(Math.abs(early / 5000 - 0.75)).toBeLessThan(0.02);
  const hours = new Set(events.map(({ occurredAt }) => Math.floor(occurredAt / HOUR)));
  expect(hours.size).toBeGreaterThan(30);
});

test('few are all of them', async () => {
  const source = await store([], EVENTS, NOON + 20 * HOUR);
  const range = { ...RANGE, from: NOON + 40 * HOUR };
  const { events, told } = await sampledEvents(source, range, ['action', 'resource']);
  const expected = EVENTS.filter(({ occurredAt }) => occurredAt >= range.from);
  expect(events.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
  expect(told).toEqual({ events: expected.length, of: null, since: range.from, complete: true });
});

test('filters are of the views that they happened in', async () => {
  const [rare, frequent] = [
    makeView(1, { id: '018f0000-0000-7000-8000-000000000001', country: 'PT' }),
    makeView(2, { id: '018f0000-0000-7000-8000-000000000002', country: 'DE' }),
  ];
  const many = Array.from({ length: 70_000 }, (_, index) =>
    makeEvent(index, {
      viewId: index % 10 === 0 ? rare.id : frequent.id,
      type: 'action',
      occurredAt: NOON + index * 2000,
    }),
  );
  const source = await store([rare, frequent], many, NOON + 20 * HOUR);
  const where = [{ dimension: 'country' as const, keep: true, values: ['PT'] }];
  const { events, told } = await sampledEvents(source, { ...RANGE, where }, ['action']);
  expect(events.every(({ viewId }) => viewId === rare.id)).toBe(true);
  expect(told).toMatchObject({ of: 70_000, complete: false });
  expect(events.length).toBeGreaterThan(4500);
});
