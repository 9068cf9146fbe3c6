import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { newId } from '@rumkit/react-rum/protocol';
import { expect, test } from 'vitest';
import { startCollector } from './collectorProcess.js';
import { sqliteUrl } from './databases.js';
import { createLedger, expectOrderly, send } from './ledger.js';

const MIB = 1024 * 1024;

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
  const collector = await startCollector(await sqliteUrl());
  for (let warm = 0; warm < 50; warm += 1) expect(await collector.post(newId(Date.now()))).toBe(true);
  const before = await collector.rss();
  const floods = Promise.all(Array.from({ length: 100 }, () => flood(collector.url)));
  const ledger = createLedger();
  const ids = Array.from({ length: 50 }, () => newId(Date.now()));
  const served = await Promise.all(ids.map((id) => send(collector, ledger, id)));
  expect(served).toEqual(Array(50).fill(true));
  expectOrderly(ledger);
  for (const status of await floods) expect([413, 'reset']).toContain(status);
  expect((await collector.rss()) - before).toBeLessThan(150);
});

test('bombs are refused before they unfold', async () => {
  const collector = await startCollector(await sqliteUrl());
  for (let warm = 0; warm < 50; warm += 1) expect(await collector.post(newId(Date.now()))).toBe(true);
  const before = await collector.rss();
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
  expect((await collector.rss()) - before).toBeLessThan(150);
});
