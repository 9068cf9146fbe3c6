// @vitest-environment jsdom

import { onlineManager, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forgetRecorder, leaveView, type RecordedCalls, recordCalls } from '../testing/recordCalls.js';
import { trackQueryClient } from './trackQueryClient.js';

let told: RecordedCalls;
let client: QueryClient;
let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  told = recordCalls();
  client = new QueryClient({
    defaultOptions: { queries: { retryDelay: 100 }, mutations: { retryDelay: 100 } },
  });
  stop = trackQueryClient(client);
});
afterEach(() => {
  stop();
  cleanup();
  client.clear();
  forgetRecorder();
  vi.useRealTimers();
});

/** Answers after 50 ms; the first so many times with an error. */
function answers(failures = 0) {
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (failures-- > 0) throw new TypeError('Failed to fetch');
    return 'secret data';
  };
}
const settle = (ms = 5000) => act(() => vi.advanceTimersByTimeAsync(ms));

function Item({ id, staleTime }: { id: number; staleTime: number }) {
  return <p>{useQuery({ queryKey: ['item', id], queryFn: answers(), staleTime }).data}</p>;
}

test('tells each fetch with its key template, duration and retries', async () => {
  client.prefetchQuery({ queryKey: ['user', 42], queryFn: answers(2), retry: 3 });
  await settle();
  expect(told.timings).toEqual([
    {
      kind: 'query',
      name: 'user/:id',
      duration: 350,
      properties: { operation: 'query', status: 'success', cacheHit: false, retries: 2 },
    },
  ]);
  expect(JSON.stringify(told)).not.toContain('secret');
});

test('tells a fetch that failed, with the error', async () => {
  client.prefetchQuery({ queryKey: ['user', 42], queryFn: answers(9), retry: 1 });
  await settle();
  expect(told.timings).toMatchObject([
    { duration: 200, properties: { status: 'error', retries: 1, error: 'TypeError: Failed to fetch' } },
  ]);
});

test('a fetch over data from the cache is a hit, and data set by hand is none', async () => {
  client.setQueryData(['user', 42], 'old');
  client.prefetchQuery({ queryKey: ['user', 42], queryFn: answers() });
  client.setQueryData(['user', 42], 'by hand');
  await settle();
  expect(told.timings).toMatchObject([{ duration: 50, properties: { status: 'success', cacheHit: true } }]);
});

test('tells a fetch that was cancelled', async () => {
  client.prefetchQuery({ queryKey: ['user', 42], queryFn: answers() });
  await settle(20);
  await client.cancelQueries();
  await settle();
  expect(told.timings).toMatchObject([{ duration: 20, properties: { status: 'cancelled' } }]);
});

test('many queries at once are each told', async () => {
  for (let id = 0; id < 1000; id++) client.prefetchQuery({ queryKey: ['user', id], queryFn: answers() });
  await settle();
  expect(told.timings).toHaveLength(1000);
  expect(new Set(told.timings.map(({ name }) => name))).toEqual(new Set(['user/:id']));
});

test('components served from the cache are counted by name and told within a second', async () => {
  const page = (...keys: readonly string[]) => (
    <QueryClientProvider client={client}>
      {keys.map((key) => (
        <Item key={key} id={key.length} staleTime={60_000} />
      ))}
    </QueryClientProvider>
  );
  const { rerender } = render(page('a', 'bb'));
  await settle();
  expect(told.timings.map(({ properties }) => properties?.cacheHit)).toEqual([false, false]);
  rerender(page('a', 'bb', 'c', 'dd', 'e'));
  await settle(1000);
  expect(told.timings.slice(2)).toEqual([
    {
      kind: 'query',
      name: 'item/:id',
      duration: 0,
      properties: { operation: 'query', cacheHit: true, count: 3 },
    },
  ]);
  rerender(page('a', 'bb', 'c', 'dd', 'e', 'ff'));
  await settle(10);
  leaveView();
  expect(told.timings.slice(3)).toMatchObject([{ properties: { count: 1 } }]);
  await settle();
  expect(told.timings).toHaveLength(4);
});

test('a component that is shown stale data and fetches tells the fetch only', async () => {
  client.setQueryData(['item', 1], 'old', { updatedAt: 1 });
  render(
    <QueryClientProvider client={client}>
      <Item id={1} staleTime={0} />
    </QueryClientProvider>,
  );
  await settle();
  expect(told.timings).toMatchObject([{ duration: 50, properties: { cacheHit: true, status: 'success' } }]);
});

test('tells mutations, with and without a key', async () => {
  const mutate = (options: { mutationKey?: string[]; failures?: number; retry?: number }) => {
    const { failures, ...rest } = options;
    const mutation = client.getMutationCache().build(client, {
      mutationFn: answers(failures),
      // Makes TanStack Query tell twice that it began.
      onMutate: () => ({ before: 1 }),
      ...rest,
    });
    mutation.execute(undefined).catch(() => {});
  };
  mutate({});
  mutate({ mutationKey: ['order', 'place'], failures: 2, retry: 1 });
  await settle();
  expect(told.timings).toMatchObject([
    { name: 'mutation', duration: 50, properties: { operation: 'mutation', status: 'success', retries: 0 } },
    {
      name: 'order/place',
      duration: 200,
      properties: { operation: 'mutation', status: 'error', retries: 1 },
    },
  ]);
});

test('waiting for the network is part of the duration', async () => {
  client.mount();
  onlineManager.setOnline(false);
  client.prefetchQuery({ queryKey: ['user'], queryFn: answers() });
  await settle(1000);
  onlineManager.setOnline(true);
  await settle();
  expect(told.timings).toMatchObject([{ duration: 1050 }]);
  client.unmount();
});

test('takes a name of the application', async () => {
  stop();
  stop = trackQueryClient(client, { name: ([first]) => `q:${String(first)}` });
  client.prefetchQuery({ queryKey: ['search', 'lamp'], queryFn: answers() });
  await settle();
  expect(told.timings).toMatchObject([{ name: 'q:search' }]);
});

test('a name that throws costs the timing, not the query', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  stop();
  stop = trackQueryClient(client, {
    name: () => {
      throw new Error('mistake of the application');
    },
  });
  const data = client.fetchQuery({ queryKey: ['user'], queryFn: answers() });
  await settle();
  await expect(data).resolves.toBe('secret data');
  expect(told.timings).toEqual([]);
});

test('tells no more once it is stopped, and nothing on a server', async () => {
  stop();
  client.prefetchQuery({ queryKey: ['user'], queryFn: answers() });
  await settle();
  vi.stubGlobal('window', undefined);
  const subscribe = vi.spyOn(client.getQueryCache(), 'subscribe');
  trackQueryClient(client)();
  expect(subscribe).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
  expect(told.timings).toEqual([]);
});
