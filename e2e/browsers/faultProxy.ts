import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as sendRequest,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';

/**
 * What a batch may meet on its way: the collector is too busy, the connection breaks before it arrives, or the connection
 * breaks once it is stored and before the answer is back.
 */
type Fault = 'unavailable' | 'broken' | 'unanswered';

/** Stands between browser and shop, and lets through what it is not told to spoil. */
export interface FaultProxy {
  /** Origin, such as `http://127.0.0.1:40001`. */
  readonly url: string;
  /** Paths of all requests to the collector so far. */
  readonly toCollector: readonly string[];
  /** The next batches meet these, one each. */
  fail(...faults: readonly Fault[]): void;
  /** How many of the faults no batch has met yet. */
  faultsLeft(): number;
  close(): Promise<void>;
}

/**
 * @param target Origin of the shop.
 * @param head Script that each document runs before any of its own.
 */
export async function startFaultProxy(target: string, head: string): Promise<FaultProxy> {
  const faults: Fault[] = [];
  const toCollector: string[] = [];
  // In its element `</script` would end it.
  const element = `<script>${head.replaceAll('</script', '<\\/script')};document.currentScript.remove()</script>`;

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = incoming.url ?? '/';
    if (path.startsWith('/api/rum')) toCollector.push(path);
    // A browser sends again by itself what fails on a connection that it had used before.
    response.shouldKeepAlive = false;
    const body = await buffer(incoming);
    const fault = incoming.method === 'POST' && path === '/api/rum/batch' ? faults.shift() : undefined;
    if (fault === 'unavailable') {
      response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' });
      response.end(JSON.stringify({ error: 'unavailable', message: 'Told so by a test.' }));
      return;
    }
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

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: Error) => {
      // The browser went while it was being answered, or the shop is down: either way there is nobody to tell.
      response.destroy(error);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    toCollector,
    fail: (...more) => faults.push(...more),
    faultsLeft: () => faults.length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest(`${target}${url}`, {
      method,
      headers: plain(headers),
      // A kept connection may close just when it is used.
      agent: false,
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Documents are read here, so they must not come compressed. The host stays that of the proxy: it is the page's origin. */
function plain(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return { ...headers, 'accept-encoding': 'identity' };
}
