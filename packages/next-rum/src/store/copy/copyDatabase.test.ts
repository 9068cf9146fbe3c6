import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeEvent, makeView, NOON, randomViews } from '../../testing/rows.js';
import { createTestDatabase } from '../../testing/testDatabase.js';
import { makeTestFolder } from '../../testing/testFolder.js';
import { DEPLOYED, LAST_HOUR, watchedSite } from '../../testing/watchedSite.js';
import type { DeadLetter } from '../ingestStore.js';
import { openStore } from '../openStore.js';
import { firstIdOf } from '../prisma/partitions/idRanges.js';
import type { RumStore, TimeRange } from '../store.js';
import { type CopiedKind, copyDatabase } from './copyDatabase.js';

const DAY = 86_400_000;
const always: TimeRange = { app: 'shop', from: 0, to: 8.64e15 };
const wholeDays: TimeRange = { app: 'shop', from: NOON - 60.5 * DAY, to: NOON + 60.5 * DAY };

test.each([
  ['SQLite', 'PostgreSQL', sqliteUrl, postgresUrl],
  ['PostgreSQL', 'SQLite', postgresUrl, sqliteUrl],
])(
  'everything comes from %s to %s, rollups of a time without raw rows too',
  async (_a, _b, makeFrom, makeTo) => {
    const [from, to] = [await makeFrom(), await makeTo()];
    const source = await open(from);
    await source.insert({ views: randomViews(1, 500).map(earlier), events: [] });
    await source.rollUp({ now: () => NOON });
    await source.retain({ now: () => NOON });
    const views = randomViews(2, 2500).map((view, index) => ({
      ...makeView(index + 10_000),
      ...view,
      id: makeView(index + 10_000).id,
      route: `/ü🛒/${index % 7}`,
      app: index % 10 === 0 ? 'other' : 'shop',
    }));
    const events = Array.from({ length: 1200 }, (_, index) => makeEvent(index, { duration: index / 7 }));
    await source.insert({ views, events });
    const salt = await source.dailySalt('2026-11-23', NOON);
    const letters = Array.from({ length: 30 }, (_, index) => makeLetter(index));
    await source.putAside(letters);
    const list = { app: 'shop', day: '2026-11-23', kind: 'route' };
    await source.admitLabels(
      list,
      Array.from({ length: 1500 }, (_, index) => `/ü/${index}`),
      2000,
    );
    const counted = Array.from({ length: 2100 }, (_, index) => ({
      minute: NOON + (index % 700) * 60_000,
      counter: `items.${index}`,
      amount: index + 1,
    }));
    await source.addCounts(counted, NOON);
    for (let index = 0; index < 30; index += 1) {
      const document = {
        app: 'shop',
        kind: 'note',
        id: makeView(index).id,
        revision: 1,
        savedAt: NOON,
      } as const;
      const change = { ...CHANGE, id: makeEvent(index).id };
      await source.save({ ...document, body: JSON.stringify({ text: `ü🛒${index}` }) }, change);
    }

    const seen: [CopiedKind, number, number][] = [];
    const result = await copyDatabase({
      from,
      to,
      onProgress: (kind, counts) => seen.push([kind, counts.seen, counts.total]),
    });

    expect(result).toMatchObject({
      views: { seen: 2500, written: 2500 },
      events: { seen: 1200, written: 1200 },
      deadLetters: { seen: 30, written: 30 },
      labels: { seen: 1500, written: 1500 },
      counts: { seen: 2100, written: 2100 },
      saved: { seen: 30, written: 30 },
      changes: { seen: 30, written: 30 },
    });
    expect(result.rollups.written).toBeGreaterThan(50);
    expect(seen.filter(([kind]) => kind === 'events')).toEqual([
      ['events', 1000, 1200],
      ['events', 1200, 1200],
    ]);
    const target = await open(to);
    await target.rollUp({ now: () => NOON + 2 * DAY });
    await source.rollUp({ now: () => NOON + 2 * DAY });
    expect(await answers(target)).toEqual(await answers(source));
    expect((await target.totals(wholeDays)).views).toBe(2250 + 500);
    expect(await target.dailySalt('2026-11-23', NOON)).toBe(salt);
    expect(await target.deadLetters('shop', 100)).toEqual(await source.deadLetters('shop', 100));
    expect((await target.admitLabels(list, [], 2000)).admitted.size).toBe(1500);
    expect(await target.counts(0, NOON + DAY)).toEqual(await source.counts(0, NOON + DAY));
    expect(await target.counts(0, NOON + DAY)).toHaveLength(2100);
    expect(await target.saved('shop', 'note')).toEqual(await source.saved('shop', 'note'));
    expect(await target.changes('shop', 100)).toEqual(await source.changes('shop', 100));
    expect(await target.changes('shop', 100)).toHaveLength(30);
  },
);

test.each([
  ['SQLite', 'PostgreSQL', sqliteUrl, postgresUrl],
  ['PostgreSQL', 'SQLite', postgresUrl, sqliteUrl],
])(
  'what is watched in %s goes on in %s as if nothing had been',
  async (_a, _b, makeFrom, makeTo) => {
    const [from, to] = [await makeFrom(), await makeTo()];
    const source = await open(from);
    await source.insert(watchedSite());
    const during = (): number => DEPLOYED + 8 * 3_600_000 + 700_000;
    await source.watch({ now: during, mostHours: 1000 });
    const openIn = async (store: RumStore): Promise<number> =>
      (await store.incidents(always, 10)).filter(({ ended }) => ended === null).length;
    expect(await openIn(source)).toBe(1);
    const copy = (): ReturnType<typeof copyDatabase> =>
      copyDatabase({ from, to, onProgress: () => undefined });
    expect(await copy()).toMatchObject({
      watches: { seen: 1, written: 1 },
      incidents: { seen: expect.any(Number), written: expect.any(Number) },
    });
    const target = await open(to);
    expect(await target.incidents(always, 10)).toEqual(await source.incidents(always, 10));

    const now = (): number => LAST_HOUR + 700_000;
    for (const each of [source, target]) await each.watch({ now, mostHours: 1000 });
    expect(await openIn(target)).toBe(0);
    expect(await target.incidents(always, 10)).toEqual(await source.incidents(always, 10));
    expect(await copy()).toMatchObject({ watches: { written: 0 }, incidents: { written: 0 } });
  },
  60_000,
);

test('what both databases counted of a minute is not added up, however often it is copied', async () => {
  const [from, to] = [await sqliteUrl(), await sqliteUrl()];
  const [source, target] = [await open(from), await open(to)];
  const count = (counter: string, amount: number) => ({ minute: NOON, counter, amount });
  await source.addCounts([count('a', 5), count('b', 1), count('c', 2)], NOON);
  await target.addCounts([count('a', 2), count('b', 7), count('d', 3)], NOON);
  await source.putAside([makeLetter(1)]);
  const copy = (): ReturnType<typeof copyDatabase> => copyDatabase({ from, to, onProgress: () => undefined });

  expect((await copy()).counts).toMatchObject({ seen: 3, written: 2 });
  expect(await copy()).toMatchObject({
    counts: { seen: 3, written: 0 },
    deadLetters: { seen: 1, written: 0 },
  });
  expect(await target.counts(0, NOON + DAY)).toEqual([
    count('a', 5),
    count('b', 7),
    count('c', 2),
    count('d', 3),
  ]);
});

test('of a document that both databases have, the later revision stays', async () => {
  const [from, to] = [await sqliteUrl(), await sqliteUrl()];
  const [source, target] = [await open(from), await open(to)];
  const save = (store: RumStore, id: string, body: string, revision = 1) =>
    store.save(
      { app: 'shop', kind: 'board', id, revision, savedAt: NOON, body },
      { ...CHANGE, id: `${id}${body}${revision}` },
    );
  await save(source, 'a', 'source');
  await save(source, 'a', 'source again', 2);
  await save(target, 'a', 'target');
  await save(source, 'b', 'source');
  await save(target, 'b', 'target');
  await save(target, 'c', 'target');
  const copy = (): ReturnType<typeof copyDatabase> => copyDatabase({ from, to, onProgress: () => undefined });

  expect((await copy()).saved).toMatchObject({ seen: 2, written: 1 });
  expect((await copy()).saved).toMatchObject({ seen: 2, written: 0 });
  const boards = await target.saved('shop', 'board');
  expect(boards.map(({ id, body }) => [id, body])).toEqual([
    ['a', 'source again'],
    ['b', 'target'],
    ['c', 'target'],
  ]);
});

test('a row put aside that differs is told', async () => {
  const [from, to] = [await sqliteUrl(), await sqliteUrl()];
  const [source, target] = [await open(from), await open(to)];
  await source.putAside([makeLetter(1)]);
  await target.putAside([{ ...makeLetter(1), reason: 'another' }]);

  const copy = copyDatabase({ from, to, onProgress: () => undefined });
  await expect(copy).rejects.toThrow('a row of rum_dead_letter differs');
});

test('what is copied to PostgreSQL lies in the partitions of its days', async () => {
  const [from, database] = [await sqliteUrl(), await createTestDatabase()];
  onTestFinished(() => database.drop());
  const source = await open(from);
  const days = [Date.now() - 20 * DAY, Date.now() - 2 * DAY, Date.now() - 300 * DAY];
  await source.insert({
    views: days.map((day, index) => makeView(index, { id: firstIdOf(day).replace('-0000-', '-7000-') })),
    events: [],
  });
  await copyDatabase({ from, to: database.url, onProgress: () => undefined });

  const rows = await database.query(`SELECT tableoid::regclass::text AS partition FROM rum_view ORDER BY 1`);
  const nameOf = (day: number) => `rum_view_${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`;
  expect(rows.map(({ partition }) => partition)).toEqual([
    nameOf(days[0] ?? 0),
    nameOf(days[1] ?? 0),
    'rum_view_default',
  ]);
});

test('run again, it goes on where it was broken off, and catches up with what was written meanwhile', async () => {
  const [from, to] = [await sqliteUrl(), await sqliteUrl()];
  const source = await open(from);
  const views = randomViews(3, 2500);
  await source.insert({ views, events: [] });
  const copy = (onProgress: () => void = () => undefined): ReturnType<typeof copyDatabase> =>
    copyDatabase({ from, to, onProgress });

  await expect(
    copy(() => {
      throw new Error('RUM: broken off');
    }),
  ).rejects.toThrow('broken off');
  await source.insert({ views: [{ ...makeView(0), revision: 2, lcp: 77 }], events: [makeEvent(1)] });

  const second = await copy();
  expect(second).toMatchObject({ views: { seen: 2500, written: 1501 }, events: { written: 1 } });
  const third = await copy();
  expect(third).toMatchObject({ views: { written: 0 }, events: { written: 0 }, rollups: { written: 0 } });
  expect(third.views.checksum).toBe(second.views.checksum);
  const target = await open(to);
  expect(await target.views(always, 5000)).toEqual(await source.views(always, 5000));
});

test('a row that differs is told, and a newer one in the target is left as it is', async () => {
  const [from, to] = [await sqliteUrl(), await sqliteUrl()];
  const [source, target] = [await open(from), await open(to)];
  await source.insert({ views: [makeView(1), makeView(2)], events: [] });
  await target.insert({ views: [makeView(1, { revision: 2, lcp: 5 })], events: [] });
  const copy = (): ReturnType<typeof copyDatabase> => copyDatabase({ from, to, onProgress: () => undefined });
  await copy();
  expect((await target.views(always, 10)).map(({ lcp }) => lcp)).toEqual([makeView(2).lcp, 5]);

  await target.insert({ views: [], events: [makeEvent(3, { name: 'other' })] });
  await source.insert({ views: [], events: [makeEvent(3)] });
  await expect(copy()).rejects.toThrow(`${makeEvent(3).id} differs`);
});

test('rollups that cannot be made anew are not left behind where the target has counted less', async () => {
  const [from, to] = [await sqliteUrl(), await sqliteUrl()];
  for (const [url, views] of [
    [from, randomViews(1, 500)],
    [to, randomViews(1, 500).slice(100)],
  ] as const) {
    const store = await open(url);
    await store.insert({ views: views.map(earlier), events: [] });
    await store.rollUp({ now: () => NOON });
    await store.retain({ now: () => NOON });
  }
  const copy = copyDatabase({ from, to, onProgress: () => undefined });
  await expect(copy).rejects.toThrow('a row of rum_rollup differs');
});

test('a file that is not there is told, and not made', async () => {
  const [from, to] = [await sqliteUrl(), await sqliteUrl()];
  const copy = (): ReturnType<typeof copyDatabase> => copyDatabase({ from, to, onProgress: () => undefined });

  await expect(copy()).rejects.toThrow(/there is no database file .*rum\.db/);
  await expect(copy()).rejects.toThrow('there is no database file');
});

const CHANGE = {
  app: 'shop',
  at: NOON,
  id: '',
  role: 'admin',
  name: 'ada',
  action: 'note.save',
  subject: 'ü',
};

function earlier<Row extends { readonly startedAt: number }>(row: Row): Row {
  return { ...row, startedAt: row.startedAt - 40 * DAY };
}

function makeLetter(number: number): DeadLetter {
  return {
    app: 'shop',
    id: makeView(number).id,
    kind: number % 2 === 0 ? 'view' : 'event',
    visitor: 'visitor',
    receivedAt: NOON + number,
    reason: 'value too long',
    payload: JSON.stringify({ name: `ü\u0000${number}` }),
  };
}

async function answers(store: RumStore): Promise<unknown> {
  return [
    await store.views(always, 10_000),
    await store.events(always, 10_000),
    await store.totals(wholeDays),
    await store.traffic(wholeDays, DAY),
    await store.vitals(wholeDays),
    await store.breakdown(wholeDays, 'route', 20),
  ];
}

async function open(url: string): Promise<RumStore> {
  const store = await openStore(url);
  onTestFinished(() => store.close());
  return store;
}

async function sqliteUrl(): Promise<string> {
  return `file:${join(await makeTestFolder(), 'rum.db')}`;
}

async function postgresUrl(): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database.url;
}
