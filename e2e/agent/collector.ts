import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { Batch, RumEvent, ViewDocument } from '@rumkit/react-rum/protocol';
import { parseBatch } from '../../packages/next-rum/dist/server/parseBatch.js';

type Type = RumEvent['type'];
type EventOf<T extends Type> = Extract<RumEvent, { readonly type: T }>;

/** Reads batches as the real collector does, keeps what it accepted, and fails on demand. */
export interface Collector {
  /** Status to answer with; `reset` hangs up, `hang` never answers. Default 202. */
  answer: 202 | 503 | 500 | 400 | 'reset' | 'hang';
  /** How many requests arrived, the failed ones included. */
  readonly received: number;
  /** Those that were accepted. */
  readonly batches: readonly Batch[];
  /** Their sizes on the wire, in bytes. */
  readonly sizes: readonly number[];
  /** What was refused, and why. */
  readonly rejected: readonly string[];
  /** Of each view the latest revision, in order of first arrival. */
  views(): readonly ViewDocument[];
  /** In order of arrival, each once. */
  events<T extends Type>(type: T): readonly EventOf<T>[];
  receive(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export function createCollector(): Collector {
  const batches: Batch[] = [];
  const sizes: number[] = [];
  const rejected: string[] = [];
  let received = 0;
  const collector: Collector = {
    answer: 202,
    get received() {
      return received;
    },
    batches,
    sizes,
    rejected,
    views() {
      const latest = new Map<string, ViewDocument>();
      for (const view of batches.flatMap(({ views }) => views)) {
        if (view.revision > (latest.get(view.id)?.revision ?? 0)) latest.set(view.id, view);
      }
      return [...latest.values()];
    },
    events<T extends Type>(type: T) {
      const unique = new Map(batches.flatMap(({ events }) => events).map((event) => [event.id, event]));
      return [...unique.values()].filter((event): event is EventOf<T> => event.type === type);
    },
    async receive(request, response) {
      const { text, size } = await bodyOf(request);
      received += 1;
      if (collector.answer === 'hang') return;
      if (collector.answer === 'reset') {
        request.socket.destroy();
        return;
      }
      if (collector.answer !== 202)
        return answer(response, collector.answer, { error: 'unavailable', message: '' });
      const parsed = parseBatch(JSON.parse(text));
      if (!parsed.ok) {
        rejected.push(parsed.error.message);
        return answer(response, parsed.status, parsed.error);
      }
      const { envelope, views, events, rejected: refused } = parsed.batch;
      sizes.push(size);
      batches.push({
        ...envelope,
        views: views.map(({ value }) => value),
        events: events.map(({ value }) => value),
      });
      rejected.push(...refused.map(({ kind, message }) => `${kind}: ${message}`));
      answer(response, 202, { accepted: views.length + events.length, duplicate: 0, rejected: refused });
    },
  };
  return collector;
}

async function bodyOf(request: IncomingMessage): Promise<{ readonly text: string; readonly size: number }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const isGzip = request.headers['content-encoding'] === 'gzip';
  return { text: (isGzip ? gunzipSync(body) : body).toString(), size: body.length };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
