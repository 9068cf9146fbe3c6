import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { aptInstall } from '../../scripts/lib/apt.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { startCollector } from './collectorProcess.js';
import { inStore, loadStore, sqliteUrl } from './databases.js';
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

// Each waits most of its time, so they do it together, and at a pace that leaves room for the others.
const PACE = { senders: 8, pause: 40 };
const TIMEOUT = 60_000;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rum-file-'));
  await loadStore(`file:${join(folder, 'rum.db')}`);
  await rm(folder, { recursive: true });
});

test.concurrent(
  'a full disk takes nothing more until there is room again',
  async ({ onTestFinished: finished }) => {
    const disk = await openSmallDisk({ mib: 8, finished });
    const database = `file:${join(disk.folder, 'rum.db')}`;
    const collector = await startCollector(database, { finished });
    await disk.confine(collector.process.pid);
    const ledger = createLedger();
    const note = 'x'.repeat(1900);
    const properties = () => ({ notes: Array.from({ length: 10 }, () => note) });
    const load = flood(collector, ledger, { ...PACE, properties });
    await acknowledges(ledger, 50);
    await sendsAway(ledger, 50);
    await disk.grow();
    await recovers(collector, ledger);
    await load.stop();

    expectOrderly(ledger);
    await expectExactlyOnce(ledger, collector, database);
  },
  TIMEOUT,
);

test.concurrent(
  'a file that may not be written to is written to as soon as it may',
  async ({ onTestFinished: finished }) => {
    const disk = await openSmallDisk({ mib: 8, finished });
    const database = `file:${join(disk.folder, 'rum.db')}`;
    const ledger = createLedger();
    const before = await startCollector(database, { finished });
    const load = flood(before, ledger, PACE);
    await acknowledges(ledger, 20);
    before.process.kill('SIGKILL');
    await before.ended;
    await load.stop();

    await disk.writable(false);
    const collector = await startCollector(database, { under: disk.under, finished });
    const during = createLedger();
    const further = flood(collector, during, PACE);
    await sendsAway(during, 20);
    expect(during.acknowledged.size).toBe(0);
    await disk.writable(true);
    await recovers(collector, during);
    await further.stop();

    expectOrderly(during);
    for (const id of during.acknowledged) ledger.acknowledged.add(id);
    await expectExactlyOnce(ledger, collector, database);
  },
  TIMEOUT,
);

test.concurrent(
  'a file that another process locks for longer than anyone waits',
  async ({ onTestFinished: finished }) => {
    const database = await sqliteUrl(finished);
    const collector = await startCollector(database, { finished });
    const ledger = createLedger();
    const load = flood(collector, ledger, PACE);
    await acknowledges(ledger, 20);
    const script = new URL('lockFile.ts', import.meta.url).pathname;
    const locker = spawn(process.execPath, ['--import', 'tsx', script, database], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    finished(() => void locker.kill('SIGKILL'));
    await once(locker.stdout, 'data');
    await sendsAway(ledger, PACE.senders);
    // By now the commit has given up too.
    await sleep(2000);
    locker.stdin.end();
    await once(locker, 'exit');
    await recovers(collector, ledger);
    await load.stop();

    expectOrderly(ledger);
    await expectExactlyOnce(ledger, collector, database);
  },
  TIMEOUT,
);

test.concurrent(
  'a disk that takes half a second for each sync slows commits down and fails none',
  async ({ onTestFinished: finished }) => {
    if ((await run('strace', ['-V'])).code !== 0) {
      const failure = await aptInstall('strace', () => {});
      expect(failure, 'strace, which holds up system calls: apt-get install strace').toBeNull();
    }
    const database = await sqliteUrl(finished);
    await inStore(database, (store) => store.ping());
    const slowly = [
      'strace',
      '-D',
      '-f',
      '--seccomp-bpf',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      'trace=fsync,fdatasync',
    ];
    const collector = await startCollector(database, {
      under: [...slowly, '-e', 'inject=fsync,fdatasync:delay_enter=500ms'],
      finished,
    });
    const ledger = createLedger();
    const load = flood(collector, ledger, { senders: 20, pause: 40 });
    await acknowledges(ledger, 200);
    await load.stop();

    expect(ledger.unanswered.size).toBe(0);
    expectOrderly(ledger);
    await expectExactlyOnce(ledger, collector, database);
  },
  TIMEOUT,
);
