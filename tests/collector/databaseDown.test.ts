import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { runStatements } from '../../packages/next-rum/src/testing/testDatabase.js';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { startCollector } from './collectorProcess.js';
import {
  acknowledges,
  createLedger,
  expectExactlyOnce,
  expectOrderly,
  flood,
  recovers,
  sendsAway,
} from './ledger.js';
import { openSmallDisk } from './smallDisk.js';

/** How long the server is away, s; the long suite asks for 300. */
const DOWN_SECONDS = Number(process.env.RUM_DOWN_SECONDS ?? 3);
/** How often it is killed; the long suite asks for 200. */
const ROUNDS = Number(process.env.RUM_KILL_ROUNDS ?? 3);

// One of its own, to be ended as one likes. Unlike the server of the other tests it hands a commit to the kernel before it
// answers, and so loses none when it is killed; it need not wait for the disk, because the kernel lives on.
let server: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  server = await startPostgres({ settings: { synchronous_commit: 'on', full_page_writes: 'on' } });
}, 120_000);
afterAll(() => server.remove());

async function newDatabase(options = ''): Promise<string> {
  const name = `down_${randomUUID().replaceAll('-', '')}`;
  await runStatements(server.url, `CREATE DATABASE ${name} ${options}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

test(
  `while the database is down for ${DOWN_SECONDS} s everyone is sent away, and nothing is lost`,
  async () => {
    const database = await newDatabase();
    const collector = await startCollector(database);
    const ledger = createLedger();
    const load = flood(collector, ledger, { pause: 50 });
    await acknowledges(ledger, 100);
    const before = await collector.rss();
    await server.stop();
    await sleep(DOWN_SECONDS * 1000);
    await sendsAway(ledger, 16);
    expect((await collector.rss()) - before).toBeLessThan(150);
    await server.start();
    await recovers(collector, ledger);
    await load.stop();

    expectOrderly(ledger);
    await expectExactlyOnce(ledger, collector, database);
  },
  90_000 + 2000 * DOWN_SECONDS,
);

test('a collector that begins while the database is down works once it is up', async () => {
  const database = await newDatabase();
  await server.stop();
  const collector = await startCollector(database);
  const ledger = createLedger();
  const load = flood(collector, ledger, { pause: 50 });
  await sendsAway(ledger, 16);
  await server.start();
  await recovers(collector, ledger);
  await load.stop();

  expectOrderly(ledger);
  await expectExactlyOnce(ledger, collector, database);
}, 60_000);

test(
  `the database killed ${ROUNDS} times, nothing acknowledged is lost and nothing is counted twice`,
  async () => {
    const database = await newDatabase();
    const collector = await startCollector(database);
    const ledger = createLedger();
    const load = flood(collector, ledger);
    for (let round = 0; round < ROUNDS; round += 1) {
      await acknowledges(ledger, 16);
      await sleep(Math.random() * 60);
      await server.kill();
      await server.start();
      await recovers(collector, ledger);
    }
    await load.stop();

    expectOrderly(ledger);
    await expectExactlyOnce(ledger, collector, database);
  },
  60_000 + 15_000 * ROUNDS,
);

test('a full disk under the tables takes nothing more until there is room again', async () => {
  const [{ data_directory: home } = {}] = await runStatements(server.url, 'SHOW data_directory');
  const owner = await stat(home);
  // The files of its log have 16 MiB.
  const disk = await openSmallDisk({ mib: 16, fileMib: 18, owner });
  const [pid] = (await readFile(join(String(home), 'postmaster.pid'), 'utf8')).split('\n');
  await disk.confine(Number(pid));
  await runStatements(server.url, `CREATE TABLESPACE small LOCATION '${disk.folder}'`);
  const database = await newDatabase('TABLESPACE small');
  const collector = await startCollector(database);
  onTestFinished(async () => {
    collector.process.kill('SIGKILL');
    await collector.ended;
    const name = new URL(database).pathname.slice(1);
    await runStatements(server.url, `DROP DATABASE ${name} WITH (FORCE)`, 'DROP TABLESPACE small');
  });
  const ledger = createLedger();
  const letters = () => Array.from({ length: 20 }, () => randomBytes(1200).toString('base64'));
  const load = flood(collector, ledger, { pause: 20, properties: () => ({ letters: letters() }) });
  await acknowledges(ledger, 50);
  await sendsAway(ledger, 50);
  await disk.grow();
  await recovers(collector, ledger);
  await load.stop();

  expectOrderly(ledger);
  await expectExactlyOnce(ledger, collector, database);
}, 60_000);
