import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeView, NOON, variedViews } from '../../../testing/rows.js';
import { sessionsOf } from '../../../testing/sessionsByHand.js';
import { connectSqliteForTest } from '../../../testing/storeClients.js';
import { openStore } from '../../openStore.js';
import type { ViewRow } from '../../rows.js';
import { DIALECTS } from '../dialect.js';
import { createReadMemory } from '../rollup/readMemory.js';
import type { Source } from '../rollup/rollupCells.js';
import { latestSessions } from './latestSessions.js';

const RANGE = { app: 'shop', from: 0, to: 8.64e15 };

async function store(views: readonly ViewRow[]): Promise<Source> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-paths-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const url = `file:${folder}/rum.db`;
  const opened = await openStore(url);
  await opened.insert({ views, events: [] });
  await opened.close();
  const client = await connectSqliteForTest(url);
  onTestFinished(() => client.$disconnect());
  return { client, dialect: DIALECTS.sqlite, memory: createReadMemory() };
}

test('where not all is read, the sessions are exactly those that began since it says', async () => {
  const views = variedViews(5, 6000).map((view, index) => ({
    ...view,
    startedAt: NOON + index * 5000,
    visitor: `visitor ${(index * 7) % 40}`,
  }));
  const source = await store(views);
  const { sessions, seen } = await latestSessions(source, RANGE, 2500);
  expect(seen.complete).toBe(false);
  expect(seen.views).toBeGreaterThanOrEqual(2500);
  expect(seen.views).toBeLessThan(6000);
  const expected = sessionsOf(views, { ...RANGE, from: seen.since });
  expect(sessions.map((session) => session.map(({ id }) => id))).toEqual(
    expected.map((session) => session.map(({ id }) => id)),
  );
});

test('more views of one moment than are read at once are all read', async () => {
  const views = Array.from({ length: 4500 }, (_, index) =>
    makeView(index, { startedAt: NOON, visitor: `visitor ${index % 4400}` }),
  );
  const { sessions, seen } = await latestSessions(await store(views), RANGE, 30_000);
  expect([sessions.length, seen.views, seen.complete]).toEqual([4400, 4500, true]);
});
