import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineRum } from '@rumkit/next-rum';
import { newId } from '@rumkit/react-rum/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '../../packages/next-rum/src/testing/testDatabase.js';
import { type CollectorProcess, startCollector } from './collectorProcess.js';

/** How often the process is killed on each database; the long suite asks for 200. */
const ROUNDS = Number(process.env.RUM_KILL_ROUNDS ?? 3);
const SENDERS = 16;

const DATABASES = [
  ['SQLite', sqliteUrl],
  ['PostgreSQL', postgresUrl],
] as const;

async function sqliteUrl(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-ending-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return `file:${join(folder, 'rum.db')}`;
}

async function postgresUrl(): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database.url;
}

/** Posts from all senders until the process ends; gives what was sent, and what was acknowledged of it. */
function flood(collector: CollectorProcess) {
  const sent: string[] = [];
  const acknowledged: string[] = [];
  let over = false;
  void collector.ended.then(() => {
    over = true;
  });
  const done = Promise.all(
    Array.from({ length: SENDERS }, async () => {
      while (!over) {
        const id = newId(Date.now());
        sent.push(id);
        if (await collector.post(id)) acknowledged.push(id);
        else await sleep(5);
      }
    }),
  );
  return { sent, acknowledged, done };
}

type Store = Awaited<ReturnType<ReturnType<typeof defineRum>['store']>>;

async function open(database: string): Promise<Store> {
  const store = await defineRum({ database }).store();
  onTestFinished(() => store.close());
  return store;
}

async function storedIds(store: Store): Promise<string[]> {
  const rows = await store.events({ app: 'default', from: 0, to: Date.now() + 60_000 }, 1_000_000);
  return rows.map(({ id }) => id);
}

test.each(DATABASES)(
  `killed ${ROUNDS} times on %s, it lost nothing that it had acknowledged, and counted nothing twice`,
  async (_name, urlOf) => {
    const database = await urlOf();
    const acknowledged: string[] = [];
    const unanswered: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const collector = await startCollector(database);
      const load = flood(collector);
      // The first answers tell that it is at work; a moment later it is in the middle of something.
      while (load.acknowledged.length < SENDERS) await sleep(5);
      await sleep(Math.random() * 60);
      collector.process.kill('SIGKILL');
      expect(await collector.ended).toMatchObject({ signal: 'SIGKILL' });
      await load.done;
      acknowledged.push(...load.acknowledged);
      unanswered.push(...load.sent.filter((id) => !load.acknowledged.includes(id)));
    }

    const store = await open(database);
    const stored = await storedIds(store);
    expect(new Set(stored).size).toBe(stored.length);
    const kept = new Set(stored);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);

    // Whoever had no answer sends again, as an agent does.
    const last = await startCollector(database);
    for (const id of unanswered) expect(await last.post(id)).toBe(true);
    last.process.kill('SIGKILL');
    await last.ended;
    expect((await storedIds(store)).toSorted()).toEqual([...acknowledged, ...unanswered].toSorted());
  },
  60_000 + 3000 * ROUNDS,
);

test.each(DATABASES)(
  'told to end on %s, it answers what it has taken on and goes',
  async (_name, urlOf) => {
    const database = await urlOf();
    const collector = await startCollector(database);
    const load = flood(collector);
    while (load.acknowledged.length < SENDERS) await sleep(5);
    collector.process.kill('SIGTERM');
    expect(await collector.ended).toEqual({ code: null, signal: 'SIGTERM' });
    await load.done;

    const store = await open(database);
    const kept = new Set(await storedIds(store));
    expect(load.acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    const counts = await store.counts(0, Date.now() + 60_000);
    const accepted = counts.filter(({ counter }) => counter === 'items.accepted');
    expect(accepted.reduce((sum, { amount }) => sum + amount, 0)).toBe(kept.size);
  },
  60_000,
);

test.each(DATABASES)(
  'a thousand at once, the first it ever sees, are committed or sent away on %s',
  async (_name, urlOf) => {
    const database = await urlOf();
    const collector = await startCollector(database);
    const ids = Array.from({ length: 1000 }, () => newId(Date.now()));
    const answers = await Promise.all(ids.map((id) => collector.post(id)));
    const acknowledged = ids.filter((_id, index) => answers[index]);
    for (const id of ids.filter((id) => !acknowledged.includes(id)))
      expect(await collector.post(id)).toBe(true);
    collector.process.kill('SIGTERM');
    await collector.ended;

    const stored = await storedIds(await open(database));
    expect(stored.toSorted()).toEqual(ids.toSorted());
    expect(acknowledged.length).toBeGreaterThan(0);
  },
  60_000,
);
