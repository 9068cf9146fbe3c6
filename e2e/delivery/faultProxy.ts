import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type Batch, RECEIPT_HEADER, readReceipt } from '@rumkit/react-rum/protocol';
import { answerUnavailable, forward, type ShopProxy, startProxy } from '../proxy.js';
import { plainPage } from './pages.js';
import { createRandom } from './random.js';

/** Shares of the batches, 0–1, that meet a fault. */
export interface Faults {
  /** The connection is reset: half of the time before the batch arrives, half of the time once it is stored. */
  readonly resets: number;
  /** 503 with a `Retry-After` of one second. */
  readonly unavailable: number;
}

/** What the batches met so far. */
interface FaultFigures {
  requests: number;
  /** Requests that arrived and were not answered yet. */
  underWay: number;
  resetsBefore: number;
  resetsAfter: number;
  unavailable: number;
  /** Items that the collector said it took, and that it said it had. */
  accepted: number;
  duplicate: number;
  rejected: number;
}

/** Between browser and shop, spoils what comes to the collector, and has the plain pages. */
export interface FaultProxy extends ShopProxy {
  readonly figures: Readonly<FaultFigures>;
  /** What the batches meet from now on. */
  set(faults: Faults): void;
  /** Calls back for each batch that arrives, before the collector has it. */
  listen(heard: (batch: Batch) => void): void;
}

export const NO_FAULTS: Faults = { resets: 0, unavailable: 0 };

type Fate = 'pass' | 'resetBefore' | 'resetAfter' | 'unavailable';

/** @param target Origin of the shop. */
export async function startFaultProxy(target: string, seed: number): Promise<FaultProxy> {
  const scripts = new Map<string, Buffer>();
  for (const name of ['script.js', 'offline.js'] as const) {
    const file = fileURLToPath(import.meta.resolve(`@rumkit/react-rum/${name}`));
    scripts.set(`/delivery/${name}`, await readFile(file));
  }
  const random = createRandom(seed);
  let faults = NO_FAULTS;
  let tell: ((batch: Batch) => void) | undefined;
  const figures: FaultFigures = {
    requests: 0,
    underWay: 0,
    resetsBefore: 0,
    resetsAfter: 0,
    unavailable: 0,
    accepted: 0,
    duplicate: 0,
    rejected: 0,
  };

  function nextFate(): Fate {
    const drawn = random();
    if (drawn < faults.resets / 2) return 'resetBefore';
    if (drawn < faults.resets) return 'resetAfter';
    return drawn < faults.resets + faults.unavailable ? 'unavailable' : 'pass';
  }

  async function handleBatch(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    figures.requests += 1;
    const fate = nextFate();
    if (fate === 'resetBefore') {
      figures.resetsBefore += 1;
      incoming.socket.resetAndDestroy();
      return;
    }
    const body = await buffer(incoming);
    if (fate === 'unavailable') {
      figures.unavailable += 1;
      return answerUnavailable(response);
    }
    tell?.(readBatch(incoming, body));
    const answer = await forward(target, incoming, body);
    const said = await text(answer);
    const counts = answer.headers[RECEIPT_HEADER];
    if (typeof counts === 'string') {
      const receipt = readReceipt(counts, said);
      figures.accepted += receipt.accepted;
      figures.duplicate += receipt.duplicate;
      figures.rejected += receipt.rejected.length;
    }
    if (fate === 'resetAfter') {
      figures.resetsAfter += 1;
      incoming.socket.resetAndDestroy();
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.end(said);
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(incoming.url ?? '/', target);
    const page = plainPage(pathname);
    const script = scripts.get(pathname);
    if (incoming.method === 'POST' && pathname === '/api/rum/batch') {
      figures.underWay += 1;
      await handleBatch(incoming, response).finally(() => {
        figures.underWay -= 1;
      });
    } else if (page !== undefined) {
      response.setHeader('content-type', 'text/html');
      response.end(page);
    } else if (script) {
      response.setHeader('content-type', 'text/javascript');
      response.end(script);
    } else {
      const answer = await forward(target, incoming, await buffer(incoming));
      const { connection: _, ...headers } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, headers);
      answer.pipe(response);
    }
  }

  return {
    ...(await startProxy(handle)),
    figures,
    set: (given) => {
      faults = given;
    },
    listen: (heard) => {
      tell = heard;
    },
  };
}

function readBatch({ headers }: IncomingMessage, body: Buffer): Batch {
  const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  return JSON.parse(text.toString()) as Batch;
}
