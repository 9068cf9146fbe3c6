import { afterEach, vi } from 'vitest';
import type { Session } from '../browser/session.js';
import type { Emit } from '../browser/signals.js';
import { gzip } from '../browser/transport/gzip.js';
import { createTransport, type Transport } from '../browser/transport/transport.js';
import { type LossReason, newId, type RumEvent, type ViewDocument } from '../protocol/index.js';
import { type Answer, type CollectorServer, startCollectorServer } from './collectorServer.js';

/** A transport with a clock that the test moves, and what it says of itself. */
export interface Sender {
  readonly transport: Transport;
  /** What was counted as lost so far. */
  readonly losses: ReadonlyMap<LossReason, number>;
  /** Puts so many events in; returns their ids. */
  addEvents(count: number, text?: string): string[];
  /** Moves the clock on, in ms. */
  pass(ms: number): void;
}

export interface SenderOptions {
  readonly mayDeliver?: () => boolean;
  readonly envelopeOf?: (session: Session) => object;
  readonly pull?: (isLeaving: boolean) => void;
  readonly onUnsupported?: () => void;
  readonly emit?: Emit;
  readonly fetch?: typeof globalThis.fetch;
  /** In ms; default: never. */
  readonly flushInterval?: number;
  /** Default false. */
  readonly isCompressed?: boolean;
  /** Default one that `pass` moves. */
  readonly now?: () => number;
}

const cleanups: (() => unknown)[] = [];
/** Of what is sent unless the test says otherwise. */
export const session: Session = { id: newId(1), sampled: 1 };

/** Gives tests senders and collectors, and ends them after each. */
export function senders(): {
  createSender(url: string, options?: SenderOptions): Sender;
  serve(answer?: Answer): Promise<CollectorServer>;
} {
  afterEach(async () => {
    for (const clean of cleanups.splice(0)) await clean();
  });
  return {
    createSender(url, options = {}) {
      let time = 1_700_000_000_000;
      // Jitter of retries.
      vi.spyOn(Math, 'random').mockReturnValue(0.5);
      const losses = new Map<LossReason, number>();
      const transport = createTransport(
        url,
        options.flushInterval ?? 3_600_000,
        options.now ?? (() => time),
        options.fetch ?? fetch,
        options.mayDeliver ?? (() => true),
        options.envelopeOf ?? (({ id }) => ({ v: 1, app: 'default', sessionId: id })),
        (reason, count = 1) => {
          if (count) losses.set(reason, (losses.get(reason) ?? 0) + count);
        },
        options.pull ?? (() => {}),
        options.onUnsupported ?? (() => {}),
        options.isCompressed ? gzip : undefined,
        options.emit,
      );
      cleanups.push(transport.clear);
      return {
        transport,
        losses,
        addEvents: (count, text) =>
          Array.from({ length: count }, () => {
            const event = customEvent(text);
            transport.add(event, session);
            return event.id;
          }),
        pass: (ms) => {
          time += ms;
        },
      };
    },
    async serve(answer) {
      const server = await startCollectorServer(answer);
      cleanups.push(server.close);
      return server;
    },
  };
}

export function customEvent(text = ''): RumEvent {
  const now = Date.now();
  return {
    type: 'custom',
    id: newId(now),
    viewId: newId(now),
    at: now,
    route: '/',
    name: 'test',
    properties: { text },
  };
}

export function viewRevision(id: string, revision: number): ViewDocument {
  return {
    id,
    revision,
    startedAt: 0,
    route: '/',
    path: '/',
    router: 'none',
    navigationType: 'navigate',
    vitals: {},
  };
}

/** Writes such an answer to each request. */
export function answerWith(status: number, body: unknown = {}, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

export const unavailable: Answer = answerWith(503, { error: 'unavailable', message: '' });
