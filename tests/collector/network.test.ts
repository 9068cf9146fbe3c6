import { newId } from '@rumkit/react-rum/protocol';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../packages/next-rum/src/testing/testDatabase.js';
import { startCollector } from './collectorProcess.js';
import { loadStore, postgres } from './databases.js';
import {
  acknowledges,
  createLedger,
  expectExactlyOnce,
  expectOrderly,
  flood,
  recovers,
  sendsAway,
} from './ledger.js';
import { startTcpProxy } from './tcpProxy.js';

// Each waits most of its time, so they do it together, and at a pace that leaves room for the others.
const PACE = { senders: 8, pause: 40 };
const TIMEOUT = 60_000;

beforeAll(async () => {
  const { url, drop } = await createTestDatabase();
  await loadStore(url);
  await drop();
});

test.concurrent(
  'connections cut after the commit and before its answer lose nothing and repeat nothing',
  async ({ onTestFinished: finished }) => {
    const { url } = await postgres(finished);
    const proxy = await startTcpProxy(url, finished);
    const collector = await startCollector(proxy.url, { finished });
    const ledger = createLedger();
    const load = flood(collector, ledger, PACE);
    await acknowledges(ledger, 20);
    await proxy.cutAfterCommits(15);
    await recovers(collector, ledger);
    await load.stop();

    expectOrderly(ledger);
    // Those whose commit was done and whose answer was cut, when they came again.
    expect(ledger.answers.some(({ receipt }) => receipt?.duplicate === 1)).toBe(true);
    await expectExactlyOnce(ledger, collector, url);
  },
  TIMEOUT,
);

test.concurrent(
  'counts of which the commit was cut before its answer are added once',
  async ({ onTestFinished: finished }) => {
    const { url } = await postgres(finished);
    const proxy = await startTcpProxy(url, finished);
    const collector = await startCollector(proxy.url, { finished });
    void proxy.cutAfterCommits(Number.POSITIVE_INFINITY);
    // The details store what was counted first, and say where that failed.
    for (let lost = 0; lost < 3; ) {
      await collector.post(newId(Date.now()));
      if (namesLost(await collector.health())) lost += 1;
    }
    void proxy.cutAfterCommits(0);

    const { process, lastHour } = await collector.health();
    expect(lastHour).toEqual(process);
  },
  TIMEOUT,
);

function namesLost({ unread }: { readonly unread?: readonly string[] }): boolean {
  return unread?.includes('lastHour') ?? false;
}

test.concurrent(
  'a network so slow that the database is hardly opened in time keeps nobody longer for that',
  async ({ onTestFinished: finished }) => {
    const { url } = await postgres(finished);
    const proxy = await startTcpProxy(url, finished);
    const collector = await startCollector(proxy.url, { finished });
    proxy.delay(100);
    const ledger = createLedger();
    const load = flood(collector, ledger, PACE);
    await sendsAway(ledger, PACE.senders);
    await acknowledges(ledger, PACE.senders);
    proxy.delay(0);
    await recovers(collector, ledger);
    await load.stop();

    expectOrderly(ledger);
    await expectExactlyOnce(ledger, collector, url);
  },
  TIMEOUT,
);

test.concurrent(
  'connections that died without a word are given up',
  async ({ onTestFinished: finished }) => {
    const { url } = await postgres(finished);
    const proxy = await startTcpProxy(url, finished);
    const collector = await startCollector(proxy.url, { finished });
    const ledger = createLedger();
    const load = flood(collector, ledger, PACE);
    await acknowledges(ledger, 20);
    await load.stop();
    proxy.silence();
    const further = flood(collector, ledger, PACE);
    await sendsAway(ledger, PACE.senders);
    proxy.heal();
    await recovers(collector, ledger);
    await further.stop();

    expectOrderly(ledger);
    await expectExactlyOnce(ledger, collector, url);
  },
  TIMEOUT,
);

test.concurrent(
  'a database that only reads for a while, as one does while another takes over, is written to again',
  async ({ onTestFinished: finished }) => {
    const { url, query } = await postgres(finished);
    const collector = await startCollector(url, { finished });
    const ledger = createLedger();
    const load = flood(collector, ledger, PACE);
    await acknowledges(ledger, 20);
    const database = new URL(url).pathname.slice(1);
    await query(`ALTER DATABASE ${database} SET default_transaction_read_only = on`);
    await query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await sendsAway(ledger, 20);
    // Holds for new connections only: those that stayed still know the database as one that only reads.
    await query(`ALTER DATABASE ${database} SET default_transaction_read_only = off`);
    await recovers(collector, ledger);
    await load.stop();

    expectOrderly(ledger);
    await expectExactlyOnce(ledger, collector, url);
  },
  TIMEOUT,
);

test.concurrent(
  'a table that someone locks keeps nobody waiting',
  async ({ onTestFinished: finished }) => {
    const { url, query } = await postgres(finished);
    const collector = await startCollector(url, { finished });
    const ledger = createLedger();
    const load = flood(collector, ledger, PACE);
    await acknowledges(ledger, 20);
    await query('BEGIN');
    await query('LOCK TABLE rum_event');
    await sendsAway(ledger, PACE.senders);
    await query('ROLLBACK');
    await recovers(collector, ledger);
    await load.stop();

    expectOrderly(ledger);
    await expectExactlyOnce(ledger, collector, url);
  },
  TIMEOUT,
);
