import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RumOptions } from '@rumkit/next-rum';
import { type BatchReceipt, newId, RECEIPT_HEADER, readReceipt } from '@rumkit/react-rum/protocol';
import { onTestFinished } from 'vitest';
import { run } from '../../scripts/lib/run.mjs';
import { startStopwatch } from './stopwatch.js';

/** What a sender is told of one batch. */
export interface Answer {
  /** Null where the connection ended without one. */
  readonly status: number | null;
  /** Seconds. */
  readonly retryAfter: number | null;
  /** Null where the batch was not acknowledged. */
  readonly receipt: BatchReceipt | null;
  /** ms from the first byte sent to the last one received. */
  readonly took: number;
}

/** A collector in a process of its own. */
export interface CollectorProcess {
  readonly process: ChildProcess;
  /** Its URL. */
  readonly database: string;
  /** Of its batch route. */
  readonly url: string;
  /** Resolves with how it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Posts a batch. Never rejects. */
  readonly send: (
    items: { readonly views?: readonly object[]; readonly events?: readonly object[] },
    options?: { readonly headers?: Record<string, string>; readonly envelope?: object },
  ) => Promise<Answer>;
  /** Posts one event; resolves with whether it was acknowledged, also where the connection broke. */
  readonly post: (id: string) => Promise<boolean>;
  /** What its health route tells an operator. */
  readonly health: () => Promise<Record<string, never>>;
  /** MiB of memory that it holds. */
  readonly rss: () => Promise<number>;
}

interface CollectorOptions {
  readonly rum?: RumOptions;
  /** A command, with its arguments, that runs the process, such as a debugger. */
  readonly under?: readonly string[];
  /** Of the test, where several run at once. */
  readonly finished?: typeof onTestFinished;
}

/** Starts one, and kills it when the test is over. */
export async function startCollector(
  database: string,
  { rum = {}, under = [], finished = onTestFinished }: CollectorOptions = {},
): Promise<CollectorProcess> {
  const [command, ...args] = [
    ...under,
    process.execPath,
    new URL('server.mjs', import.meta.url).pathname,
    JSON.stringify({ database, ...rum }),
  ];
  const child = spawn(command ?? process.execPath, args, {
    // It logs every refusal, and refusals are what some tests make.
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  void ended.then(() => process.off('exit', kill));
  finished(async () => {
    kill();
    await ended;
  });
  const [line] = await once(child.stdout, 'data');
  const endpoint = `http://127.0.0.1:${String(line).trim()}/api/rum`;
  const url = `${endpoint}/batch`;
  const send: CollectorProcess['send'] = async (items, { headers = {}, envelope = {} } = {}) => {
    const now = Date.now();
    const batch = { v: 1, app: 'default', sentAt: now, sessionId: newId(now), views: [], events: [] };
    const took = startStopwatch();
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: JSON.stringify({ ...batch, ...envelope, ...items }),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
          ...headers,
        },
      });
      const body = await response.text();
      const retryAfter = response.headers.get('retry-after');
      return {
        status: response.status,
        retryAfter: retryAfter === null ? null : Number(retryAfter),
        receipt: response.status === 202 ? readReceipt(response.headers.get(RECEIPT_HEADER), body) : null,
        took: took(),
      };
    } catch {
      // The process is gone: nothing was acknowledged.
      return { status: null, retryAfter: null, receipt: null, took: took() };
    }
  };
  return {
    process: child,
    database,
    url,
    ended,
    send,
    post: async (id) => isTaken(await send({ events: [eventOf(id)] })),
    health: async () => (await fetch(`${endpoint}/health?details`)).json(),
    rss: async () => {
      const { output } = await run('ps', ['-o', 'rss=', '-p', String(child.pid)]);
      return Number(output.trim()) / 1024;
    },
  };
}

/** Whether a batch was acknowledged, with everything in it. */
export function isTaken({ receipt }: Answer): boolean {
  return receipt !== null && receipt.rejected.length === 0;
}

export function eventOf(id: string, properties: object = {}): object {
  return { type: 'custom', id, viewId: id, at: Date.now(), route: '/', name: 'kept', properties };
}
