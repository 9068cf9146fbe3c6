import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { Batch } from '../protocol/index.js';

/** A collector on a real socket, which answers as told. */
export interface CollectorServer {
  readonly url: string;
  /** Bodies in the order in which they arrived. */
  readonly batches: readonly Batch[];
  /** Their sizes on the wire, in bytes. */
  readonly sizes: readonly number[];
  /** Of the views and events of batches that were answered 202, in order, repetitions included. */
  readonly committedIds: readonly string[];
  close(): Promise<void>;
}

/** Writes an answer; nothing: hangs up. Gets the number of requests before this one. */
export type Answer = (response: ServerResponse, before: number, batch: Batch) => void;

export const accept: Answer = (response, _before, { views, events }) => {
  response.writeHead(202, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ accepted: views.length + events.length, duplicate: 0, rejected: [] }));
};

export async function startCollectorServer(answer: Answer = accept): Promise<CollectorServer> {
  const batches: Batch[] = [];
  const sizes: number[] = [];
  const committedIds: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const isGzip = request.headers['content-encoding'] === 'gzip';
      const batch = JSON.parse((isGzip ? gunzipSync(body) : body).toString()) as Batch;
      batches.push(batch);
      sizes.push(body.length);
      answer(response, batches.length - 1, batch);
      if (response.statusCode === 202 && response.writableEnded) {
        committedIds.push(...[...batch.views, ...batch.events].map(({ id }) => id));
      }
      if (!response.writableEnded) request.socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/rum/batch`,
    batches,
    sizes,
    committedIds,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
