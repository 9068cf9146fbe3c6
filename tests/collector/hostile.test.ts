import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { newId } from '@rumkit/react-rum/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../../scripts/lib/run.mjs';
import { type CollectorProcess, startCollector } from './collectorProcess.js';

const MIB = 1024 * 1024;

async function start(): Promise<CollectorProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-hostile-'));
  const collector = await startCollector(`file:${join(folder, 'rum.db')}`);
  onTestFinished(async () => {
    collector.process.kill('SIGKILL');
    await collector.ended;
    await rm(folder, { recursive: true });
  });
  return collector;
}

async function rssMiB(collector: CollectorProcess): Promise<number> {
  const { output } = await run('ps', ['-o', 'rss=', '-p', String(collector.process.pid)]);
  return Number(output.trim()) / 1024;
}

function postTo(url: string, headers: Record<string, string>): ClientRequest {
  return request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    agent: false,
  });
}

/** The status, or `reset` where the other side closed the connection on what was still coming. */
async function statusOf(sending: ClientRequest): Promise<number | undefined | 'reset'> {
  try {
    const [response] = await once(sending, 'response');
    response.resume();
    return response.statusCode;
  } catch {
    // Only the socket fails here, and that is the answer.
    return 'reset';
  }
}

function drained(sending: ClientRequest): Promise<void> {
  return new Promise((resolve) => sending.once('drain', resolve));
}

/** Sends 50 MB in pieces, without saying so, as long as the other side takes them. */
async function flood(url: string): Promise<number | undefined | 'reset'> {
  const sending = postTo(url, {});
  // Told by `statusOf`; a socket may say so more than once.
  sending.on('error', () => undefined);
  const answered = statusOf(sending);
  const piece = Buffer.alloc(64 * 1024, ' ');
  let over = false;
  void answered.then(() => {
    over = true;
  });
  for (let sent = 0; sent < 50_000_000 && !over; sent += piece.length) {
    if (!sending.write(piece)) await Promise.race([drained(sending), answered]);
  }
  const status = await answered;
  sending.destroy();
  return status;
}

test('a hundred bodies of 50 MB at once are refused, while others are served and memory stays', async () => {
  const collector = await start();
  for (let warm = 0; warm < 50; warm += 1) expect(await collector.post(newId(Date.now()))).toBe(true);
  const before = await rssMiB(collector);
  const floods = Promise.all(Array.from({ length: 100 }, () => flood(collector.url)));
  const served = await Promise.all(Array.from({ length: 50 }, () => collector.post(newId(Date.now()))));
  expect(served).toEqual(Array(50).fill(true));
  for (const status of await floods) expect([413, 'reset']).toContain(status);
  expect((await rssMiB(collector)) - before).toBeLessThan(150);
});

test('bombs are refused before they unfold', async () => {
  const collector = await start();
  for (let warm = 0; warm < 50; warm += 1) expect(await collector.post(newId(Date.now()))).toBe(true);
  const before = await rssMiB(collector);
  const zeros = Buffer.alloc(100 * MIB);
  const bombs: readonly (readonly [string, Buffer])[] = [
    ['br', brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })],
    ['gzip', gzipSync(zeros)],
  ];
  for (const [encoding, bomb] of bombs) {
    expect(bomb.length).toBeLessThan(128 * 1024);
    const statuses = await Promise.all(
      Array.from({ length: 50 }, () => {
        const sending = postTo(collector.url, { 'content-encoding': encoding });
        const answered = statusOf(sending);
        sending.end(bomb);
        return answered;
      }),
    );
    expect(statuses).toEqual(Array(50).fill(413));
  }
  expect(await collector.post(newId(Date.now()))).toBe(true);
  expect((await rssMiB(collector)) - before).toBeLessThan(150);
});
