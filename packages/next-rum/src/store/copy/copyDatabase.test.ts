import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeEvent, makeView, NOON, randomViews } from '../../testing/rows.js';
import { createTestDatabase } from '../../testing/testDatabase.js';
import { makeTestFolder } from '../../testing/testFolder.js';
import { openStore } from '../openStore.js';
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

    const seen: [CopiedKind, number, number][] = [];
    const result = await copyDatabase({
      from,
      to,
      onProgress: (kind, counts) => seen.push([kind, counts.seen, counts.total]),
    });

    expect(result).toMatchObject({
      views: { seen: 2500, written: 2500 },
      events: { seen: 1200, written: 1200 },
    });
    expect(result.rollups).toBeGreaterThan(50);
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
  },
);

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
  expect(third).toMatchObject({ views: { written: 0 }, events: { written: 0 }, rollups: 0 });
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

test('a file that is not there is told, and not made', async () => {
  const [from, to] = [await sqliteUrl(), await sqliteUrl()];
  const copy = (): ReturnType<typeof copyDatabase> => copyDatabase({ from, to, onProgress: () => undefined });

  await expect(copy()).rejects.toThrow(/there is no database file .*rum\.db/);
  await expect(copy()).rejects.toThrow('there is no database file');
});

function earlier<Row extends { readonly startedAt: number }>(row: Row): Row {
  return { ...row, startedAt: row.startedAt - 40 * DAY };
}

async function answers(store: RumStore): Promise<unknown> {
  return [
    await store.views(always, 10_000),
    await store.events(always, 10_000),
    await store.totals(wholeDays),
    await store.traffic(wholeDays, DAY),
    await store.vitals(wholeDays),
    await store.routes(wholeDays, 20),
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
