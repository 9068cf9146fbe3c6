import { newId } from '@rumkit/react-rum/protocol';
import { expect, test, vi } from 'vitest';
import type { EventRow, ViewRow } from '../store/rows.js';
import type { RumStore } from '../store/store.js';
import { StoreError } from '../store/storeError.js';
import { makeEvent, makeView } from '../testing/rows.js';
import { NOON, openTestStore, unavailableStore } from '../testing/rumServer.js';
import { createHeldBytes } from './heldBytes.js';
import { createIngest, ingestOf } from './ingest.js';

const RANGE = { app: 'default', from: 0, to: 1e15 };

function viewRow(fields: Partial<ViewRow> = {}): ViewRow {
  return makeView(0, { app: 'default', id: newId(NOON), ...fields });
}

function eventRow(fields: Partial<EventRow> = {}): EventRow {
  return makeEvent(0, { app: 'default', id: newId(NOON), ...fields });
}

/** A real store that refuses rows by name, as PostgreSQL refuses what it cannot represent. */
function refusing(store: RumStore, isPoison: (row: ViewRow | EventRow) => boolean): RumStore {
  return {
    ...store,
    insert: async (rows) => {
      if ([...rows.views, ...rows.events].some(isPoison)) throw new StoreError('invalid_data', 'bad row');
      return store.insert(rows);
    },
  };
}

test('rows are stored when the answer comes', async () => {
  const store = await openTestStore();
  const rows = { views: [viewRow()], events: [eventRow(), eventRow()] };
  expect(await createIngest(store).submit(rows)).toEqual({
    kind: 'committed',
    views: ['accepted'],
    events: ['accepted', 'accepted'],
  });
  expect(await store.views(RANGE, 10)).toHaveLength(1);
  expect(await store.events(RANGE, 10)).toHaveLength(2);
});

test('nothing to store asks nothing of the database', async () => {
  expect(await createIngest(unavailableStore()).submit({ views: [], events: [] })).toEqual({
    kind: 'committed',
    views: [],
    events: [],
  });
});

test('what arrives together is committed together', async () => {
  const store = await openTestStore();
  const insert = vi.spyOn(store, 'insert');
  const ingest = createIngest(store);
  const results = await Promise.all(
    Array.from({ length: 50 }, () => ingest.submit({ views: [viewRow()], events: [eventRow()] })),
  );
  expect(results.every((result) => result.kind === 'committed')).toBe(true);
  expect(await store.views(RANGE, 100)).toHaveLength(50);
  expect(insert.mock.calls.length).toBeLessThanOrEqual(2);
});

test('what arrives during a commit is written by the next', async () => {
  const store = await openTestStore();
  const ingest = createIngest(store);
  const insert = vi.spyOn(store, 'insert');
  const first = ingest.submit({ views: [viewRow()], events: [] });
  await vi.waitFor(() => expect(insert).toHaveBeenCalledOnce());
  const late = [1, 2].map(() => ingest.submit({ views: [viewRow()], events: [] }));
  await Promise.all([first, ...late]);
  expect(insert.mock.calls.at(-1)?.[0].views).toHaveLength(2);
  expect(await store.views(RANGE, 10)).toHaveLength(3);
});

test('of one event sent by two requests at once, one is accepted', async () => {
  const store = await openTestStore();
  const ingest = createIngest(store);
  const row = eventRow();
  const [first, second] = await Promise.all([
    ingest.submit({ views: [], events: [row, row] }),
    ingest.submit({ views: [], events: [row] }),
  ]);
  expect(first).toMatchObject({ events: ['accepted', 'duplicate'] });
  expect(second).toMatchObject({ events: ['duplicate'] });
  expect(await store.events(RANGE, 10)).toHaveLength(1);
});

test('of one view in several revisions, the highest stays, whatever the order', async () => {
  const store = await openTestStore();
  const ingest = createIngest(store);
  const id = newId(NOON);
  const results = await Promise.all(
    [2, 3, 1].map((revision) => ingest.submit({ views: [viewRow({ id, revision })], events: [] })),
  );
  expect(results).toMatchObject([
    { views: ['duplicate'] },
    { views: ['accepted'] },
    { views: ['duplicate'] },
  ]);
  expect(await store.views(RANGE, 10)).toMatchObject([{ revision: 3 }]);
});

test('the same id in two apps is two rows', async () => {
  const store = await openTestStore();
  const ingest = createIngest(store);
  const id = newId(NOON);
  await Promise.all(
    ['default', 'other'].map((app) => ingest.submit({ views: [viewRow({ app, id })], events: [] })),
  );
  expect(await store.views(RANGE, 10)).toHaveLength(1);
  expect(await store.views({ ...RANGE, app: 'other' }, 10)).toHaveLength(1);
});

test('rows that the database refuses sink alone', async () => {
  const real = await openTestStore();
  const ingest = createIngest(refusing(real, (row) => row.route === '/poison'));
  const poison = { route: '/poison' };
  const [first, second] = await Promise.all([
    ingest.submit({ views: [viewRow(), viewRow(poison), viewRow()], events: [eventRow()] }),
    ingest.submit({ views: [], events: [eventRow(poison), eventRow()] }),
  ]);
  expect(first).toEqual({
    kind: 'committed',
    views: ['accepted', 'storage', 'accepted'],
    events: ['accepted'],
  });
  expect(second).toMatchObject({ events: ['storage', 'accepted'] });
  const letters = await real.deadLetters('default', 10);
  expect(letters).toMatchObject(
    letters.map(() => ({ reason: 'StoreError: bad row', payload: expect.stringContaining('/poison') })),
  );
  expect(letters.map(({ kind }) => kind).sort()).toEqual(['event', 'view']);
  expect(await real.views(RANGE, 10)).toHaveLength(2);
  expect(await real.events(RANGE, 10)).toHaveLength(2);
});

test('a refused revision does not take the earlier one along', async () => {
  const real = await openTestStore();
  const ingest = createIngest(refusing(real, (row) => row.route === '/poison'));
  const id = newId(NOON);
  const views = [viewRow({ id, revision: 1 }), viewRow({ id, revision: 2, route: '/poison' })];
  expect(await ingest.submit({ views, events: [] })).toMatchObject({ views: ['accepted', 'storage'] });
  expect(await real.views(RANGE, 10)).toMatchObject([{ revision: 1 }]);
});

test('when the database is down nothing is acknowledged, and the next try works', async () => {
  const real = await openTestStore();
  const insert = vi
    .spyOn(real, 'insert')
    .mockRejectedValueOnce(new StoreError('unavailable', 'database is locked'));
  const ingest = createIngest(real);
  const rows = { views: [viewRow()], events: [] };
  expect(await ingest.submit(rows)).toMatchObject({ kind: 'failed', cause: { code: 'unavailable' } });
  expect(await ingest.submit(rows)).toMatchObject({ views: ['accepted'] });
  expect(insert).toHaveBeenCalledTimes(2);
});

test('what waits is bounded, and there is room again after a commit', async () => {
  const store = await openTestStore();
  const ingest = createIngest(store, { maxRows: 3 });
  const two = () => ({ views: [viewRow(), viewRow()], events: [] });
  const first = ingest.submit(two());
  expect(ingest.full()).toBe(false);
  expect(await ingest.submit(two())).toEqual({ kind: 'full' });
  const filling = ingest.submit({ views: [viewRow()], events: [] });
  expect(ingest.full()).toBe(true);
  await Promise.all([first, filling]);
  expect(ingest.full()).toBe(false);
  expect(await ingest.submit(two())).toMatchObject({ kind: 'committed' });
});

test('room is given back after a failure as well', async () => {
  const ingest = createIngest(unavailableStore(), { maxRows: 1 });
  for (let round = 0; round < 3; round += 1) {
    expect(await ingest.submit({ views: [viewRow()], events: [] })).toMatchObject({ kind: 'failed' });
  }
});

test('a store has one ingest, and idle waits for it', async () => {
  const store = await openTestStore();
  expect(ingestOf(store)).toBe(ingestOf(store));
  void ingestOf(store).submit({ views: [viewRow()], events: [] });
  await ingestOf(store).idle();
  expect(await store.views(RANGE, 10)).toHaveLength(1);
});

test('a refused row that cannot be put aside just now is sent again', async () => {
  const real = await openTestStore();
  const store = refusing(real, (row) => row.route === '/poison');
  vi.spyOn(store, 'putAside').mockRejectedValueOnce(new StoreError('unavailable', 'gone'));
  const ingest = createIngest(store);
  const rows = { views: [viewRow()], events: [eventRow({ route: '/poison' })] };
  expect(await ingest.submit(rows)).toMatchObject({ kind: 'failed' });
  expect(await ingest.submit(rows)).toMatchObject({ views: ['duplicate'], events: ['storage'] });
  expect(await real.deadLetters('default', 10)).toHaveLength(1);
});

test('what is held is bounded by its weight, however few rows', async () => {
  const ingest = createIngest(await openTestStore(), { held: createHeldBytes(1000) });
  const release = ingest.hold(900);
  expect(ingest.hold(200)).toBeNull();
  expect(ingest.full()).toBe(false);
  expect(ingest.state()).toMatchObject({ bytes: 900, maxBytes: 1000 });
  release?.();
  release?.();
  expect(ingest.hold(1000)).not.toBeNull();
  expect([ingest.full(), ingest.hold(0)]).toEqual([true, null]);
  expect(ingest.state()).toMatchObject({ bytes: 1000 });
});

test('nothing queues behind a commit that does not end', async () => {
  let time = NOON;
  const store = await openTestStore();
  let end: (() => void) | undefined;
  vi.spyOn(store, 'insert').mockImplementationOnce(async ({ views }) => {
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    return { accepted: new Set(views.map(({ id }) => id)), duplicate: new Set() };
  });
  const ingest = createIngest(store, { now: () => time });
  const stalled = ingest.submit({ views: [viewRow()], events: [] });
  await vi.waitFor(() => expect(end).toBeDefined());
  time += 5000;
  expect(ingest.full()).toBe(false);
  time += 1;
  expect([ingest.full(), ingest.state().committingSince]).toEqual([true, NOON]);
  end?.();
  await stalled;
  expect(ingest.full()).toBe(false);
  expect(ingest.state()).toMatchObject({
    committingSince: null,
    lastCommit: { at: NOON + 5001, rows: 1, durationMs: 5001 },
    lastFailure: null,
  });
});
