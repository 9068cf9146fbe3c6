import { randomBytes } from 'node:crypto';
import { answerUnavailable, forward, type ShopProxy, startProxy } from './proxy.js';
import type { Shop } from './shop.js';

/** The shop behind a strict policy, told to it as a proxy of its host would: Next takes the nonce from the request. */
export function withPolicy({ url }: Shop): Promise<ShopProxy> {
  return startProxy(async (incoming, response) => {
    const nonce = randomBytes(16).toString('base64');
    const policy = `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'`;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    incoming.headers['content-security-policy'] = policy;
    const answer = await forward(url, incoming, Buffer.concat(chunks)).catch(() => null);
    if (answer === null) return answerUnavailable(response);
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-security-policy': policy });
    answer.pipe(response);
  });
}
