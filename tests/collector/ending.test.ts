import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@rumkit/react-rum/protocol';
import { expect, test } from 'vitest';
import { startCollector } from './collectorProcess.js';
import { always, DATABASES, inStore } from './databases.js';
import { acknowledges, createLedger, expectExactlyOnce, expectOrderly, flood, send } from './ledger.js';

/** How often the process is killed on each database; the long suite asks for 200. */
const ROUNDS = Number(process.env.RUM_KILL_ROUNDS ?? 3);
const SENDERS = 16;

test.each(DATABASES)(
  `killed ${ROUNDS} times on %s, it lost nothing that it had acknowledged, and counted nothing twice`,
  async (_name, urlOf) => {
    const database = await urlOf();
    const ledger = createLedger();
    for (let round = 0; round < ROUNDS; round += 1) {
      const collector = await startCollector(database);
      const load = flood(collector, ledger);
      // The first answers tell that it is at work; a moment later it is in the middle of something.
      await acknowledges(ledger, SENDERS);
      await sleep(Math.random() * 60);
      collector.process.kill('SIGKILL');
      expect(await collector.ended).toMatchObject({ signal: 'SIGKILL' });
      await load.stop();
    }
    await expectExactlyOnce(ledger, await startCollector(database), database);
  },
  60_000 + 10_000 * ROUNDS,
);

test.each(DATABASES)(
  'killed on %s while nobody sends anything, it has stored what it counted',
  async (_name, urlOf) => {
    const database = await urlOf();
    const collector = await startCollector(database);
    const ids = Array.from({ length: 20 }, () => newId(Date.now()));
    expect(await Promise.all(ids.map((id) => collector.post(id)))).toEqual(ids.map(() => true));
    await inStore(database, async (store) => {
      const counts = async () => Object.fromEntries(await store.sumCounts(0, Date.now() + 60_000));
      const all = { 'batches.received': ids.length, 'items.accepted': ids.length };
      await expect.poll(counts, { timeout: 20_000 }).toMatchObject(all);
      collector.process.kill('SIGKILL');
      await collector.ended;
      expect(await counts()).toMatchObject(all);
    });
  },
  60_000,
);

test.each(DATABASES)(
  'told to end on %s, it answers what it has taken on and goes',
  async (_name, urlOf) => {
    const database = await urlOf();
    const collector = await startCollector(database);
    const ledger = createLedger();
    const load = flood(collector, ledger);
    await acknowledges(ledger, SENDERS);
    collector.process.kill('SIGTERM');
    expect(await collector.ended).toEqual({ code: null, signal: 'SIGTERM' });
    await load.stop();

    await inStore(database, async (store) => {
      const kept = new Set((await store.events(always(), 1_000_000)).map(({ id }) => id));
      expect([...ledger.acknowledged].filter((id) => !kept.has(id))).toEqual([]);
      const counts = await store.counts(0, Date.now() + 60_000);
      const accepted = counts.filter(({ counter }) => counter === 'items.accepted');
      expect(accepted.reduce((sum, { amount }) => sum + amount, 0)).toBe(kept.size);
    });
  },
  60_000,
);

test.each(DATABASES)(
  'a thousand at once, the first it ever sees, are committed or sent away on %s',
  async (name, urlOf) => {
    const database = await urlOf();
    const collector = await startCollector(
      name === 'PostgreSQL' ? `${database}?connection_limit=5` : database,
    );
    const ledger = createLedger();
    const ids = Array.from({ length: 1000 }, () => newId(Date.now()));
    await Promise.all(ids.map((id) => send(collector, ledger, id)));
    expectOrderly(ledger);
    expect(ledger.acknowledged.size).toBeGreaterThan(0);
    await expectExactlyOnce(ledger, collector, database);
  },
  60_000,
);
