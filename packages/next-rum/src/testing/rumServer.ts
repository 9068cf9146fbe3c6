import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Batch,
  type BatchReceipt,
  type CustomEvent,
  type ErrorEvent,
  newId,
  RECEIPT_HEADER,
  type ResourceEvent,
  readReceipt,
  type ViewDocument,
} from '@rumkit/react-rum/protocol';
import { onTestFinished } from 'vitest';
import type { RumConfig } from '../server/config.js';
import { createRumServer, type RumServer, type RumServerParts } from '../server/createRumServer.js';
import { openStore } from '../store/openStore.js';
import type { RumStore } from '../store/store.js';
import { StoreError } from '../store/storeError.js';

/** The moment that tests happen at, unless they say otherwise: 2026-11-23T12:00:00Z. */
export const NOON: number = Date.UTC(2026, 10, 23, 12);
export const HOST = 'https://shop.example';

/** A real store on a fresh SQLite file, gone after the test. */
export async function openTestStore(): Promise<RumStore> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-'));
  const store = await openStore(`file:${join(folder, 'rum.db')}`);
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  return store;
}

/** A store whose database is down. */
export function unavailableStore(): RumStore {
  return new Proxy({} as RumStore, {
    get: (_target, name) =>
      // Not a thenable: promises may resolve to it.
      name === 'then' ? undefined : () => Promise.reject(new StoreError('unavailable', 'connection refused')),
  });
}

export const CONFIG: RumConfig = {
  app: 'default',
  database: 'file:./unused.db',
  endpoint: '/api/rum',
  privacy: 'strict',
  allowedOrigins: [],
  trustedProxyHops: 0,
  countryDatabase: null,
  keys: [],
  rateLimit: null,
  bots: 'apart',
  labels: { routes: 1000, releases: 100, names: 1000 },
  authorize: () => true,
  retention: { raw: 30, minutes: 2, hours: 90, days: 396 },
  timeZone: 'UTC',
  alerts: null,
  report: null,
};

export interface TestServer extends RumServer {
  readonly store: RumStore;
  /** Every line logged. */
  readonly lines: readonly string[];
  /** Sends to a path below the endpoint, from the app's own page. */
  readonly send: (path: string, init?: RequestInit & { readonly duplex?: 'half' }) => Promise<Response>;
  /** Posts as JSON to `/batch`. */
  readonly post: (body: unknown, headers?: Record<string, string>) => Promise<Response>;
  /** How many rows are stored. */
  readonly count: () => Promise<{ readonly views: number; readonly events: number }>;
}

/** A server on a real store, at {@link NOON}. */
export async function startServer(
  parts: {
    readonly config?: Partial<RumConfig>;
    readonly store?: RumStore;
    readonly now?: () => number;
    readonly sample?: boolean;
  } & Pick<RumServerParts, 'jobs' | 'signals' | 'serverless'> = {},
): Promise<TestServer> {
  const store = parts.store ?? (await openTestStore());
  const lines: string[] = [];
  const server = createRumServer({
    ...parts,
    config: { ...CONFIG, ...parts.config },
    store: () => Promise.resolve(store),
    now: parts.now ?? (() => NOON),
    sample: parts.sample ?? false,
    log: (line) => lines.push(line),
  });
  const send: TestServer['send'] = (path, init) =>
    server.handle(new Request(`${HOST}/api/rum${path}`, init as RequestInit));
  const everything = { app: 'default', from: 0, to: 1e15 };
  return {
    ...server,
    store,
    lines,
    send,
    post: (body, headers) =>
      send('/batch', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    count: async () => ({
      views: (await store.views(everything, 10_000)).length,
      events: (await store.events(everything, 10_000)).length,
    }),
  };
}

/** What the collector says became of a batch. */
export async function receiptIn(response: Response): Promise<BatchReceipt> {
  return readReceipt(response.headers.get(RECEIPT_HEADER), await response.text());
}

/** A view as an agent sends it. */
export function view(fields: Partial<ViewDocument> = {}): ViewDocument {
  return {
    id: newId(NOON),
    revision: 1,
    startedAt: NOON - 1000,
    route: '/product/[id]',
    path: '/product/42',
    router: 'app',
    navigationType: 'navigate',
    vitals: { lcp: { value: 1200.5 } },
    ...fields,
  };
}

/** A custom event as an agent sends it. */
export function event(fields: Partial<CustomEvent> = {}): CustomEvent {
  return {
    type: 'custom',
    id: newId(NOON),
    viewId: newId(NOON),
    at: NOON - 500,
    route: '/product/[id]',
    name: 'add_to_cart',
    ...fields,
  };
}

/** An error as an agent sends it. */
export function errorEvent(fields: Partial<ErrorEvent> = {}): ErrorEvent {
  const { name: _name, ...rest } = event();
  return { ...rest, type: 'error', name: 'Error', message: 'no lamp', source: 'window.error', ...fields };
}

/** A request as an agent sends it. */
export function resourceEvent(fields: Partial<ResourceEvent> = {}): ResourceEvent {
  const { name: _name, ...rest } = event();
  return {
    ...rest,
    type: 'resource',
    name: '/api/cart/:id',
    initiator: 'fetch',
    method: 'POST',
    status: 200,
    duration: 120.5,
    wait: 100,
    transferSize: 512,
    decodedSize: 900,
    ...fields,
  };
}

/** A batch as an agent sends it, empty unless told. Items may be anything. */
export function batch(
  fields: Partial<Omit<Batch, 'views' | 'events'>> & {
    readonly views?: readonly unknown[];
    readonly events?: readonly unknown[];
  } = {},
): Record<string, unknown> {
  return { v: 1, app: 'default', sentAt: NOON, sessionId: newId(NOON), views: [], events: [], ...fields };
}
