import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { answerUnavailable, forward, type ShopProxy, startProxy } from '../proxy.js';

/**
 * What a batch may meet on its way: the collector is too busy, the connection breaks before it arrives, or the connection
 * breaks once it is stored and before the answer is back.
 */
type Fault = 'unavailable' | 'broken' | 'unanswered';

/** Stands between browser and shop, and lets through what it is not told to spoil. */
export interface FaultProxy extends ShopProxy {
  /** Paths of all requests to the collector so far. */
  readonly toCollector: readonly string[];
  /** What became of them, a line each, for whoever has to understand a failure. */
  readonly outcomes: readonly string[];
  /** The next batches meet these, one each. */
  fail(...faults: readonly Fault[]): void;
  /** How many of the faults no batch has met yet. */
  faultsLeft(): number;
}

/**
 * @param target Origin of the shop.
 * @param head Script that each document runs before any of its own.
 */
export async function startFaultProxy(target: string, head: string): Promise<FaultProxy> {
  const faults: Fault[] = [];
  const toCollector: string[] = [];
  const outcomes: string[] = [];
  // In its element `</script` would end it.
  const element = `<script>${head.replaceAll('</script', '<\\/script')};document.currentScript.remove()</script>`;

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = incoming.url ?? '/';
    if (!path.startsWith('/api/rum')) return pass(incoming, response, path);
    toCollector.push(path);
    try {
      await pass(incoming, response, path);
      outcomes.push(`${path} ${response.headersSent ? response.statusCode : 'was broken off here'}`);
    } catch (error) {
      outcomes.push(`${path} ${error}`);
      throw error;
    }
  }

  async function pass(incoming: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const body = await buffer(incoming);
    const fault = incoming.method === 'POST' && path === '/api/rum/batch' ? faults.shift() : undefined;
    if (fault === 'unavailable') return answerUnavailable(response);
    if (fault === 'broken') {
      incoming.socket.resetAndDestroy();
      return;
    }
    const answer = await forward(target, incoming, body);
    if (fault === 'unanswered') {
      await buffer(answer);
      incoming.socket.resetAndDestroy();
      return;
    }
    const { 'content-length': length, connection: _, ...headers } = answer.headers;
    if (headers['content-type']?.startsWith('text/html')) {
      response.writeHead(answer.statusCode ?? 502, headers);
      response.end((await text(answer)).replace(/<head[^>]*>/, (tag) => tag + element));
      return;
    }
    response.writeHead(
      answer.statusCode ?? 502,
      length === undefined ? headers : { ...headers, 'content-length': length },
    );
    answer.pipe(response);
  }

  return {
    ...(await startProxy(handle)),
    toCollector,
    outcomes,
    fail: (...more) => faults.push(...more),
    faultsLeft: () => faults.length,
  };
}
