import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openOnce } from '../../../openOnce.js';
import { makeEvent, makeView, NOON, randomFrom } from '../../../testing/rows.js';
import { CONFIG } from '../../../testing/rumServer.js';
import { makePostgresClient } from '../../../testing/storeClients.js';
import { createTestDatabase, runStatements, type TestDatabase } from '../../../testing/testDatabase.js';
import { makeTestFolder } from '../../../testing/testFolder.js';
import { DEFAULT_RETENTION, type JobState } from '../../jobStore.js';
import { applyMigrations } from '../../migrate/applyMigrations.js';
import { migrate } from '../../migrate/migrate.js';
import { openStore } from '../../openStore.js';
import { bucketOf } from '../../rollup/grains.js';
import type { EventRow, ViewRow } from '../../rows.js';
import type { InsertResult, RumStore, ViewRange } from '../../store.js';
import { DIALECTS } from '../dialect.js';
import { insert } from '../writes.js';

const HOUR = 3_600_000;
const DAY = 86_400_000;
const TODAY = bucketOf(NOON, 'day');
const always: ViewRange = { app: 'shop', from: 0, to: 8.64e15 };

let database: TestDatabase;
beforeEach(async () => {
  // A store that is opened makes the partitions of its day, which is not to end meanwhile.
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
  database = await createTestDatabase();
  return async () => {
    vi.useRealTimers();
    await database.drop();
  };
});

describe('made ahead', () => {
  test('opening a store makes those of today and the next three days, and rows go where their ids say', async () => {
    const store = await open();
    const ids = {
      before: idAt(TODAY - 1),
      first: idAt(TODAY),
      tomorrow: idAt(TODAY + DAY),
      wrong: idAt(TODAY + 3650 * DAY),
    };
    const views = Object.values(ids).map((id, index) => makeView(index, { id }));
    const events = Object.values(ids).map((id, index) => makeEvent(index, { id }));

    expect((await store.insert({ views, events })).accepted.size).toBe(4);
    for (const table of ['rum_view', 'rum_event']) {
      expect(await partitionsOf(table)).toEqual(
        [0, 1, 2, 3].map((days) => nameOf(table, TODAY + days * DAY)),
      );
      expect(await idsIn(nameOf(table, TODAY))).toEqual([ids.first]);
      expect(await idsIn(nameOf(table, TODAY + DAY))).toEqual([ids.tomorrow]);
      expect(await idsIn(`${table}_default`)).toEqual([ids.before, ids.wrong]);
    }
    expect(await partitionState(store)).toMatchObject({ state: 'ok', error: null });
    expect((await store.insert({ views, events })).duplicate.size).toBe(4);
  });

  test('instances that are opened at the same moment make each once', async () => {
    await migrate(database.url);
    const stores = await Promise.all([open(), open(), open(), open()]);
    await Promise.all(stores.map((store, days) => store.retain({ now: () => TODAY + days * DAY })));
    await stores[0]?.retain({ now: () => TODAY + 3 * DAY });

    for (const table of ['rum_view', 'rum_event']) {
      expect(await partitionsOf(table)).toEqual(
        [0, 1, 2, 3, 4, 5, 6].map((days) => nameOf(table, TODAY + days * DAY)),
      );
    }
    expect(await partitionState(stores[0], TODAY + 3 * DAY)).toMatchObject({ state: 'ok', error: null });
  });

  test('rows that came before the partition of their day are moved into it, and stay the same', async () => {
    const store = await open();
    const day = TODAY + 8 * DAY;
    const views = Array.from({ length: 300 }, (_, index) =>
      makeView(index, {
        app: index % 2 === 0 ? 'shop' : 'other',
        id: idAt(day + index),
        attribution: '{}',
        kept: true,
      }),
    );
    await store.insert({ views, events: [] });
    const before = [await store.views(always, 1000), await store.totals(always)];

    await store.retain({ now: () => day - DAY });
    expect(await idsIn(nameOf('rum_view', day))).toHaveLength(300);
    expect(await idsIn('rum_view_default')).toEqual([]);
    expect([await store.views(always, 1000), await store.totals(always)]).toEqual(before);
    expect((await store.insert({ views, events: [] })).duplicate.size).toBe(300);
    const [first] = views;
    if (first) await store.insert({ views: [{ ...first, revision: 2, lcp: 77 }], events: [] });
    expect((await store.views({ ...always, app: 'shop' }, 1000)).at(-1)).toMatchObject({
      revision: 2,
      lcp: 77,
    });
  });

  test('a day of which there are many rows already stays where it is, the next ones are made, and its rows go in their time', async () => {
    const store = await open();
    const day = TODAY + 8 * DAY;
    const views = Array.from({ length: 5001 }, (_, index) => makeView(index, { id: idAt(day + index) }));
    await store.insert({ views, events: [] });

    await store.retain({ now: () => day + HOUR });
    expect(await partitionsOf('rum_view')).toEqual(
      [0, 1, 2, 3, 9, 10, 11].map((days) => nameOf('rum_view', TODAY + days * DAY)),
    );
    expect(await partitionState(store, day + HOUR)).toMatchObject({ state: 'ok' });
    expect(await store.totals(always)).toMatchObject({ views: 5001 });

    await store.rollUp({ now: () => day + 2 * DAY });
    expect(await store.retain({ now: () => day + 33 * DAY })).toMatchObject({ kind: 'done', views: 5001 });
    expect(await idsIn('rum_view_default')).toEqual([]);
  });

  test('while somebody reads without a pause nothing is held up, and health says what is missing', async () => {
    const store = await open();
    const later = TODAY + 30 * DAY;
    expect(await partitionState(store, later)).toMatchObject({ state: 'late' });
    await database.query('BEGIN');
    await database.query('SELECT count(*) FROM rum_view');
    const retaining = store.retain({ now: () => later });
    for (let number = 0; number < 20; number += 1) {
      const row = { id: idAt(number % 2 === 0 ? later : TODAY) };
      expect((await store.insert({ views: [makeView(number, row)], events: [] })).accepted.size).toBe(1);
    }

    expect(await retaining).toMatchObject({ kind: 'done' });
    expect(await partitionState(store, later)).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(
        /rum_view_\d{8} could not be made yet, because rum_view is read without a pause/,
      ),
    });
    await database.query('COMMIT');
    await store.retain({ now: () => later });
    expect(await partitionState(store, later)).toMatchObject({ state: 'ok', error: null });
    expect(await idsIn(nameOf('rum_view', later))).toHaveLength(10);
  });

  test('are longer where rows are kept for so long that there would be many', async () => {
    const store = await open();
    const now = (): number => TODAY + 2 * DAY;
    const retention = { ...DEFAULT_RETENTION, raw: 365 * DAY };
    await store.retain({ now, retention });
    const ends = TODAY + 4 * DAY - ((TODAY + 4 * DAY) % (9 * DAY)) + 9 * DAY;
    await store.insert({
      views: [
        makeView(1, { id: idAt(TODAY + 4 * DAY) }),
        makeView(2, { id: idAt(ends - 1) }),
        makeView(3, { id: idAt(ends) }),
      ],
      events: [],
    });

    expect((await partitionsOf('rum_view')).slice(0, 5)).toEqual(
      [0, 1, 2, 3, 4].map((days) => nameOf('rum_view', TODAY + days * DAY)),
    );
    expect(await idsIn(nameOf('rum_view', TODAY + 4 * DAY))).toHaveLength(2);
    expect(await partitionState(store, TODAY + 2 * DAY)).toMatchObject({ state: 'ok' });
    await (await open()).retain({ now, retention });
    expect(new Set(await partitionsOf('rum_view')).size).toBeLessThanOrEqual(6);
  });

  test("are as long from the first opening on, by the app's own configuration", async () => {
    const { store, thread } = await openOnce(database.url, {
      config: { ...CONFIG, retention: { raw: 365, minutes: 2, hours: 400, days: 400 } },
      inThread: false,
    });
    onTestFinished(() => store.close());

    expect(thread.state).toBe('shared');
    const ends = TODAY - (TODAY % (9 * DAY)) + 9 * DAY;
    const names = ends < TODAY + 4 * DAY ? [TODAY, ends] : [TODAY];
    expect(await partitionsOf('rum_view')).toEqual(names.map((begins) => nameOf('rum_view', begins)));
  });

  test("are as long through an app's own client, as it is told", async () => {
    const client = await makePostgresClient(database.url);
    const store = await openStore(database.url, { client, retention: { raw: 4500 * DAY } });
    onTestFinished(() => store.close());

    expect((await partitionsOf('rum_view')).length).toBeLessThanOrEqual(2);
    expect((await partitionsOf('rum_view'))[0]).toBe(nameOf('rum_view', TODAY));
  });

  test('a user who may not make them is told so, and loses nothing', async () => {
    await migrate(database.url);
    const role = `rum_test_${randomUUID().replaceAll('-', '')}`;
    await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
    // After the database is gone, and with it what the role may do in it.
    onTestFinished(async () => {
      await runStatements(process.env.RUM_TEST_POSTGRES_URL ?? '', `DROP ROLE ${role}`);
    });
    await database.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`);
    const url = new URL(database.url);
    [url.username, url.password] = [role, 'secret'];
    const store = await open(url.href);

    await store.insert({ views: [makeView(1, { id: idAt(TODAY) }), makeView(2)], events: [makeEvent(3)] });
    expect(await partitionState(store)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('may not make partitions'),
    });
    const owners = await open();
    expect(await partitionState(store)).toMatchObject({ state: 'ok', error: null });
    // Of partitions that another user made it may do everything but drop them.
    await store.insert({ views: [makeView(4, { id: idAt(TODAY + 1) })], events: [] });
    expect(await idsIn(nameOf('rum_view', TODAY))).toHaveLength(2);
    expect(await store.erase({ app: 'shop', before: 8.64e15 })).toEqual({ views: 3, events: 1 });
    await store.insert({ views: [makeView(4, { id: idAt(TODAY + 1) })], events: [] });
    await owners.rollUp({ now: () => TODAY + 2 * DAY });
    expect(await store.retain({ now: () => TODAY + 60 * DAY })).toMatchObject({ kind: 'done', views: 1 });
  });
});

describe('retention', () => {
  test('drops what is past its time as a whole, and deletes the rest row by row', async () => {
    const store = await open();
    const views = [0, 1, 2, 3].flatMap((days) =>
      Array.from({ length: 50 }, (_, number) => {
        const at = TODAY + days * DAY + number;
        return makeView(number, { id: idAt(at), startedAt: at, app: number % 2 === 0 ? 'shop' : 'other' });
      }),
    );
    // A clock that was a month behind: an id of today, seen tomorrow in a month.
    const late = makeView(90, { id: idAt(TODAY + DAY + HOUR), app: 'third', startedAt: TODAY + 20 * DAY });
    const old = makeView(91, { id: idAt(TODAY - 400 * DAY), startedAt: TODAY + HOUR });
    await store.insert({
      views: [...views, late, old],
      events: [makeEvent(1, { id: idAt(TODAY), occurredAt: TODAY })],
    });
    await store.rollUp({ now: () => TODAY + 25 * DAY });

    const retained = await store.retain({ now: () => TODAY + 33 * DAY + HOUR });
    expect(retained).toMatchObject({ kind: 'done', views: 151, events: 1 });
    const names = await partitionsOf('rum_view');
    expect(names).not.toContain(nameOf('rum_view', TODAY));
    expect(names).toContain(nameOf('rum_view', TODAY + DAY));
    expect(await idsIn(nameOf('rum_view', TODAY + DAY))).toEqual([late.id]);
    expect(await idsIn('rum_view_default')).toEqual([]);
    expect((await store.views({ ...always, app: 'third' }, 10)).map(({ id }) => id)).toEqual([late.id]);

    // What was dropped is no place for what comes after all.
    const again = makeView(92, { id: idAt(TODAY + 5), startedAt: TODAY + 33 * DAY });
    expect((await store.insert({ views: [again], events: [] })).accepted.size).toBe(1);
    expect(await idsIn('rum_view_default')).toEqual([again.id]);
  });

  test('leaves rows that are not counted yet, and what is read without a pause', async () => {
    const store = await open();
    await store.insert({ views: [makeView(1, { id: idAt(TODAY), startedAt: TODAY })], events: [] });
    const later = TODAY + 40 * DAY;
    expect(await store.retain({ now: () => later })).toMatchObject({ views: 0 });
    expect(await partitionsOf('rum_view')).toContain(nameOf('rum_view', TODAY));

    await store.rollUp({ now: () => later });
    await database.query('BEGIN');
    await database.query('SELECT count(*) FROM rum_view');
    expect(await store.retain({ now: () => later })).toMatchObject({ kind: 'done', views: 1 });
    expect(await partitionsOf('rum_view')).toContain(nameOf('rum_view', TODAY));
    await database.query('COMMIT');
    await store.retain({ now: () => later });
    expect(await partitionsOf('rum_view')).not.toContain(nameOf('rum_view', TODAY));
    expect(await store.totals({ app: 'shop', from: TODAY, to: TODAY + DAY })).toMatchObject({ views: 1 });
  });
});

test('a database of an earlier version is taken over while instances of that version write and somebody reads', async () => {
  const { MIGRATIONS } = await import('#migrations');
  const old = await makePostgresClient(database.url);
  await applyMigrations(old, DIALECTS.postgresql, MIGRATIONS.postgresql.slice(0, 4));
  const write = (views: readonly ViewRow[]): Promise<InsertResult> =>
    insert(old, DIALECTS.postgresql, 'old', { views, events: views.map((_, index) => makeEvent(index)) });
  await write(Array.from({ length: 1000 }, (_, number) => makeView(number)));
  await database.query('BEGIN');
  await database.query('SELECT count(*) FROM rum_view JOIN rum_event ON true LIMIT 1');
  const opening = Promise.all([open(), open()]);
  let done = false;
  const acknowledged: string[] = [];
  const writing = (async () => {
    for (let number = 2000; !done; number += 1) {
      const view = makeView(number, { id: idAt(TODAY + number) });
      await write([view]);
      acknowledged.push(view.id);
      if (acknowledged.length === 8) await database.query('COMMIT');
    }
  })();

  const [store, other] = await opening;
  done = true;
  await writing;
  await write([
    makeView(3),
    makeView(5000, { id: idAt(TODAY + 5 * DAY) }),
    makeView(4, { revision: 2, lcp: 77 }),
  ]);
  await other?.retain({ now: () => TODAY + 3 * DAY });

  const stored = (await store?.views(always, 100_000)) ?? [];
  expect(stored).toHaveLength(1000 + acknowledged.length + 1);
  expect(stored.filter(({ id }) => acknowledged.includes(id))).toHaveLength(acknowledged.length);
  expect(stored.find(({ id }) => id === makeView(4).id)).toMatchObject({ revision: 2, lcp: 77 });
  expect(await idsIn(nameOf('rum_view', TODAY + 5 * DAY))).toHaveLength(1);
  expect(await idsIn('rum_view_default')).toHaveLength(1000);
  expect(await store?.rollUp({ now: () => TODAY + 8 * DAY })).toMatchObject({ kind: 'done' });
  expect(await store?.totals(always)).toMatchObject({ views: stored.length });
  expect(acknowledged.length).toBeGreaterThanOrEqual(8);
}, 60_000);

test('every answer is that of SQLite, wherever the clocks of the browsers were', async () => {
  const [postgres, sqlite] = [await open(), await open(`file:${join(await makeTestFolder(), 'rum.db')}`)];
  const stores = [postgres, sqlite];
  const { views, events } = strangeRows(7, 900);
  const revised = views
    .slice(0, 200)
    .map((view) => ({ ...view, revision: 2, startedAt: view.startedAt + 7 * HOUR }));
  const compare = async (): Promise<void> => {
    const [ours, theirs] = await Promise.all(stores.map(answers));
    expect(ours).toEqual(theirs);
  };

  for (const store of stores) {
    await store.insert({ views: views.slice(0, 600), events });
    await store.insert({ views: revised, events: [] });
  }
  await compare();
  for (const store of stores) await store.retain({ now: () => TODAY + 2 * DAY });
  for (const store of stores) await store.rollUp({ now: () => TODAY + 8 * DAY });
  for (const store of stores) await store.insert({ views: views.slice(500), events });
  await compare();
  const erased = await Promise.all(stores.map((store) => store.erase({ app: 'shop', visitor: 'visitor 3' })));
  expect(erased[0]).toEqual(erased[1]);
  await compare();
  for (const store of stores) await store.rollUp({ now: () => TODAY + 8 * DAY });
  const retained = await Promise.all(stores.map((store) => store.retain({ now: () => TODAY + 33 * DAY })));
  expect(retained[0]).toEqual(retained[1]);
  await compare();
}, 60_000);

/** Of seven nights, with ids of any time: mostly of the row's own, some years away, some of days for which partitions come later. */
function strangeRows(
  seed: number,
  count: number,
): { readonly views: ViewRow[]; readonly events: EventRow[] } {
  const random = randomFrom(seed);
  const numbers = Array.from({ length: count }, (_, index) => index);
  const views = numbers.map((number) => {
    const at = TODAY + Math.floor(random() * 7) * DAY + 21 * HOUR + Math.floor(random() * 6 * HOUR);
    const lot = random();
    const told =
      lot < 0.6
        ? at
        : lot < 0.8
          ? TODAY + Math.floor(random() * 10 * DAY)
          : at + (random() - 0.5) * 7300 * DAY;
    return makeView(number, {
      id: idAt(Math.floor(told), random),
      startedAt: at,
      visitor: `visitor ${Math.floor(random() * 40)}`,
      route: ['/', '/cart'][Math.floor(random() * 2)] ?? '/',
      device: random() < 0.5 ? 'mobile' : 'desktop',
    });
  });
  const events = views.map((view, number) => {
    const at = view.startedAt + Math.floor(random() * HOUR);
    return makeEvent(number, {
      id: idAt(at, random),
      viewId: view.id,
      occurredAt: at,
      type: number % 5 === 0 ? 'error' : 'custom',
    });
  });
  return { views, events };
}

async function answers(store: RumStore): Promise<unknown> {
  const day: ViewRange = { app: 'shop', from: TODAY, to: TODAY + 9 * DAY };
  const some: ViewRange = {
    ...day,
    // From when on single views are kept to the end.
    from: TODAY + 3 * DAY,
    where: [
      { dimension: 'device', keep: true, values: ['mobile'] },
      { dimension: 'route', keep: true, values: ['/cart'] },
    ],
  };
  return [
    await store.views(always, 5000),
    await store.events(always, 5000),
    await store.totals(day),
    await store.traffic(day, HOUR),
    await store.visitors(day, 'daily'),
    await store.totals(some),
    await store.vitals(some),
    await store.breakdown(some, 'route', 10),
    await store.traffic(some, HOUR),
    await store.visitors(some, 'daily'),
  ];
}

async function open(url = database.url): Promise<RumStore> {
  const store = await openStore(url);
  onTestFinished(() => store.close());
  return store;
}

async function partitionState(store: RumStore | undefined, now = NOON): Promise<JobState | undefined> {
  return (await store?.jobs(now))?.find(({ name }) => name === 'partitions');
}

async function partitionsOf(table: string): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = '${table}'::regclass ORDER BY 1`,
  );
  return rows.map(({ name }) => name).filter((name) => !name.endsWith('_default'));
}

async function idsIn(table: string): Promise<string[]> {
  return (await database.query<{ id: string }>(`SELECT id FROM ${table} ORDER BY id`)).map(({ id }) => id);
}

function nameOf(table: string, day: number): string {
  return `${table}_${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** A UUIDv7 of a moment. */
function idAt(time: number, random: () => number = Math.random): string {
  const hex = time.toString(16).padStart(12, '0');
  const end = Math.floor(random() * 2 ** 48)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${end}`;
}
