import { once } from 'node:events';
import { createServer, request as open } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { watchConnections } from '../server/connectionAddress.js';
import type { RumServer } from '../server/createRumServer.js';
import { HOST } from './rumServer.js';

/** A request that is being sent. */
export interface Sending {
  write(bytes: string | Uint8Array): void;
  /** Sends the last bytes. */
  end(bytes?: string | Uint8Array): void;
  readonly answer: Promise<{ readonly status: number | undefined; readonly headers: Headers }>;
}

/**
 * Serves through Node's own HTTP server until the test is over. No test can connect from the internet: who connects from 127.0.0.n
 * is taken for 198.51.100.n.
 *
 * @returns Begins to post a batch, as the client n with these headers.
 */
export async function serveHttp(
  rum: Pick<RumServer, 'handle'>,
): Promise<(n: number, headers?: Readonly<Record<string, string>>) => Sending> {
  watchConnections();
  const server = createServer(async (request, response) => {
    const answer = await rum.handle(
      new Request(`${HOST}${request.url}`, {
        method: 'POST',
        headers: Object.entries(request.headers).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]),
        body: Readable.toWeb(request) as ReadableStream<Uint8Array>,
        duplex: 'half',
      } as RequestInit),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.on('connection', (socket) => {
    const value = socket.remoteAddress?.replace(/^127\.0\.0\./, '198.51.100.');
    Object.defineProperty(socket, 'remoteAddress', { value });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return (n, headers = {}) => {
    const sending = open({
      port,
      host: '127.0.0.1',
      localAddress: `127.0.0.${n}`,
      path: '/api/rum/batch',
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      agent: false,
    });
    const answer = once(sending, 'response').then(([response]) => {
      response.resume();
      return { status: response.statusCode, headers: new Headers(response.headers) };
    });
    // The end of the test ends what nobody waits for.
    sending.on('error', () => undefined);
    answer.catch(() => undefined);
    sending.flushHeaders();
    return { write: (bytes) => void sending.write(bytes), end: (bytes) => void sending.end(bytes), answer };
  };
}
