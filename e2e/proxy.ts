import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on a port of its own, between a browser and the shop. */
export interface ShopProxy {
  /** Origin, such as `http://127.0.0.1:40001`. */
  readonly url: string;
  close(): Promise<void>;
}

export async function startProxy(
  handle: (incoming: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<ShopProxy> {
  const server = createServer((incoming, response) => {
    // A browser sends again by itself what fails on a connection that it had used before.
    response.shouldKeepAlive = false;
    handle(incoming, response).catch((error: Error) => {
      // The browser went while it was being answered, or the shop is down: either way there is nobody to tell.
      response.destroy(error);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * The host stays that of the proxy, because it is the page's origin. Answers are read here, so they must come plain.
 *
 * @param target Origin of the shop.
 */
export function forward(
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest(`${target}${url}`, {
      method,
      headers: { ...headers, 'accept-encoding': 'identity' },
      // A kept connection may close just when it is used.
      agent: false,
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** As the collector answers that is too busy. */
export function answerUnavailable(response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' });
  response.end(JSON.stringify({ error: 'unavailable', message: 'Told so by a test.' }));
}
