import { setTimeout as wait } from 'node:timers/promises';
import { answerUnavailable, forward, type ShopProxy, startProxy } from './proxy.js';
import type { Shop } from './shop.js';

/** So little of a page comes at once, bytes. */
const PIECE = 700;
/** And the next of it later, ms: a browser has drawn what it has by then. */
const PAUSE = 25;

/** The shop behind a network on which pages come slowly, in pieces that end anywhere. */
export function inPieces({ url }: Shop): Promise<ShopProxy> {
  return startProxy(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const answer = await forward(url, incoming, Buffer.concat(chunks)).catch(() => null);
    if (answer === null) return answerUnavailable(response);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    if (!answer.headers['content-type']?.startsWith('text/html')) {
      answer.pipe(response);
      return;
    }
    for await (const chunk of answer) {
      const bytes = chunk as Buffer;
      for (let start = 0; start < bytes.length; start += PIECE) {
        response.write(bytes.subarray(start, start + PIECE));
        await wait(PAUSE);
      }
    }
    response.end();
  });
}
