import { Agent, request } from 'node:http';
import { RECEIPT_HEADER } from '@rumkit/react-rum/protocol';

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Counts of what became of the batch; null where the answer says nothing of them. */
  readonly receipt: string | null;
  /** s; null where the answer does not say. */
  readonly retryAfter: number | null;
}

export interface Poster {
  /** Rejects where no answer comes in 20 s, or the connection breaks. */
  post(headers: { readonly [name: string]: string }, body: string): Promise<Answer>;
  close(): void;
}

const MAX_CONNECTIONS = 32;
/** ms */
const TIMEOUT = 20_000;

/** Posts to one address over few connections that are kept, by `node:http`, whose time limit holds in every state of a request. */
export function createPoster(url: string): Poster {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS });
  return {
    post: (headers, body) =>
      new Promise((resolve, reject) => {
        const sent = request(
          url,
          { agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
          (response) => {
            let text = '';
            response.setEncoding('utf8').on('data', (part: string) => {
              text += part;
            });
            response.once('error', reject);
            response.once('close', () => {
              clearTimeout(limit);
              if (!response.complete) {
                reject(new Error(`The answer of ${url} broke off.`));
                return;
              }
              const after = response.headers['retry-after'];
              resolve({
                status: response.statusCode ?? 0,
                body: text,
                receipt: [response.headers[RECEIPT_HEADER] ?? null].flat()[0] ?? null,
                retryAfter: after === undefined ? null : Number(after),
              });
            });
          },
        );
        const limit = setTimeout(() => {
          sent.destroy(new Error(`${url} did not answer in ${TIMEOUT} ms.`));
        }, TIMEOUT);
        sent.once('error', (error) => {
          clearTimeout(limit);
          reject(error);
        });
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}
