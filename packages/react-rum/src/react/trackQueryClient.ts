import { guard } from '../browser/guard.js';
import { mayRecord } from '../browser/registry.js';
import { keyTemplate } from './keyTemplate.js';
import { recordTiming } from './recordTiming.js';
import { whenLeaving } from './whenLeaving.js';

/** A query or a mutation. */
interface Subject {
  readonly options: { readonly queryKey?: readonly unknown[]; readonly mutationKey?: readonly unknown[] };
  readonly state: { readonly data?: unknown; readonly status: string; readonly fetchStatus?: string };
}

interface CacheEvent {
  readonly type: string;
  readonly query?: Subject | undefined;
  readonly mutation?: Subject | undefined;
  readonly action?: { readonly type: string; readonly error?: unknown };
}

interface Cache {
  subscribe(listener: (event: CacheEvent) => void): () => void;
}

/** What is needed of TanStack Query's `QueryClient`. */
export interface TrackableQueryClient {
  getQueryCache(): Cache;
  getMutationCache(): Cache;
}

export interface TrackQueryOptions {
  /** Names a query or mutation after its key. Default a template of the key, see {@link trackQueryClient}. */
  readonly name?: (key: readonly unknown[]) => string;
}

/**
 * Records what TanStack Query 5 fetches and serves, as timings of kind `query`. Each fetch and each mutation is one,
 * its duration in ms from the start to the end of the last retry, with waits for the network. Properties:
 *
 * - `operation`: `query` or `mutation`;
 * - `status`: `success`, `error` or `cancelled`, and with an error its text as `error`;
 * - `retries`: how many tries after the first;
 * - `cacheHit`: there was data to show in the meantime.
 *
 * Where a component is served from the cache and nothing is fetched, that is counted by name and told within a second, as a
 * timing of 0 ms with `cacheHit: true` and `count`.
 *
 * The name is a template of the key: numbers, ids, addresses and long texts become `:id`, objects `:params`, so `['user', 42]`
 * is `user/:id`. A short word in a key cannot be told from a name and is kept; where visitors type it, give a `name`.
 * A query without a key is `query` or `mutation`. Data and variables are not read.
 *
 * Call it where the client is made: by the time of an effect the first queries of a page are on their way.
 *
 * @returns Ends the recording.
 * @example
 * ```tsx
 * import { trackQueryClient } from '@rumkit/react-rum';
 * import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
 * import { type ReactNode, useState } from 'react';
 *
 * function createTrackedClient(): QueryClient {
 *   const client = new QueryClient();
 *   trackQueryClient(client);
 *   return client;
 * }
 *
 * export function Queries({ children }: { children: ReactNode }) {
 *   const [client] = useState(createTrackedClient);
 *   return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
 * }
 * ```
 */
export function trackQueryClient(
  client: TrackableQueryClient,
  { name = keyTemplate }: TrackQueryOptions = {},
): () => void {
  // Not on a server: Next refuses the clock while it prerenders.
  if (!mayRecord()) return () => {};
  const runs = new WeakMap<object, { startedAt: number; cacheHit: boolean; retries: number }>();
  const hits = new Map<string, number>();

  function tellHits(): void {
    for (const [label, count] of hits) {
      recordTiming('query', label, 0, { operation: 'query', cacheHit: true, count });
    }
    hits.clear();
  }
  function follow(operation: 'query' | 'mutation', cache: Cache): () => void {
    return cache.subscribe(
      guard(({ type, action, [operation]: subject }) => {
        if (!subject) return;
        const { options, state } = subject;
        const label = (): string => name(options.queryKey ?? options.mutationKey ?? []) || operation;
        const cacheHit = state.data !== undefined;
        if (type === 'observerAdded' && cacheHit) {
          const counted = label();
          // The observer decides only now whether to fetch.
          queueMicrotask(() => {
            if (subject.state.fetchStatus !== 'idle') return;
            if (hits.size === 0) setTimeout(tellHits, 1000);
            hits.set(counted, (hits.get(counted) ?? 0) + 1);
          });
        }
        if (!action) return;
        const run = runs.get(subject);
        if (/ing|paused/.test(state.fetchStatus ?? state.status)) {
          if (!run) runs.set(subject, { startedAt: performance.now(), cacheHit, retries: 0 });
          else if (action.type === 'failed') run.retries++;
        } else if (run) {
          runs.delete(subject);
          const { startedAt, ...properties } = run;
          // A fetch that is cancelled puts back the state from before.
          const status = action.type === 'setState' ? 'cancelled' : action.type;
          recordTiming('query', label(), performance.now() - startedAt, {
            operation,
            status,
            ...properties,
            ...('error' in action && { error: String(action.error) }),
          });
        }
      }),
    );
  }

  return whenLeaving(
    tellHits,
    follow('query', client.getQueryCache()),
    follow('mutation', client.getMutationCache()),
  );
}
