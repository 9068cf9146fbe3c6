// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Stop } from '../collector.js';
import type { RequestEnd, RequestStart } from './request.js';
import type { Tracing } from './trace.js';
import { watchFetch } from './watchFetch.js';

const pageFetch = window.fetch;
type Seen = [RequestStart & { readonly url: string }, RequestEnd?];
const seen: Seen[] = [];
const noTracing: Tracing = { mayTrace: () => false, trace: () => undefined };
let stop: Stop;

function watch(original: unknown, tracing = noTracing): void {
  window.fetch = original as typeof fetch;
  stop = watchFetch((url, start) => {
    const entry: Seen = [{ ...start, url }];
    seen.push(entry);
    return (end) => {
      entry[1] = end;
    };
  }, tracing);
}

beforeEach(() => {
  seen.length = 0;
});
afterEach(() => {
  stop();
  window.fetch = pageFetch;
});

test.each([
  ['a text', ['/api?q=1#top'], 'GET', `${location.origin}/api?q=1`],
  ['a URL', [new URL('https://api.example/a')], 'GET', 'https://api.example/a'],
  ['a method', ['/api', { method: 'post' }], 'post', `${location.origin}/api`],
  ['a Request', [new Request('https://api.example/r', { method: 'PUT' })], 'PUT', 'https://api.example/r'],
] as [string, Parameters<typeof fetch>, string, string][])(
  'a request is told of: %s',
  async (_what, args, method, url) => {
    watch(() => Promise.resolve(new Response(null, { status: 204 })));
    await fetch(...args);
    expect(seen).toMatchObject([[{ initiator: 'fetch', method, url }, { status: 204 }]]);
  },
);

test.each([
  ['network', new TypeError('Failed to fetch')],
  ['abort', new DOMException('Aborted', 'AbortError')],
  ['timeout', new DOMException('Timed out', 'TimeoutError')],
  ['network', 'something else'],
])('and why it failed: %s', async (failure, cause) => {
  watch(() => Promise.reject(cause));
  await expect(fetch('/api')).rejects.toBe(cause);
  expect(seen).toMatchObject([[{}, { status: 0, failure }]]);
});

test('the page gets the response of the original, not something like it', async () => {
  const response = new Response();
  watch(() => Promise.resolve(response));
  expect(await fetch('/api')).toBe(response);
});

test('a failure that the page does not handle stays unhandled', async () => {
  const rejections: unknown[] = [];
  const note = (cause: unknown): unknown => rejections.push(cause);
  // Node.js asks its own listeners; those of the test runner would take it for a mistake of the test.
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
  const cause = new TypeError('Failed to fetch');
  watch(() => Promise.reject(cause));
  void fetch('/api');
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off('unhandledRejection', note);
  for (const other of others) process.on('unhandledRejection', other);
  expect(rejections).toEqual([cause]);
});

test('arguments that cannot be read are for the original to refuse', async () => {
  const refused = new TypeError('refused');
  const original = vi.fn(() => Promise.reject(refused));
  watch(original);
  const hostile = {
    toString() {
      throw new Error('no');
    },
  };
  await expect(fetch(hostile as never)).rejects.toBe(refused);
  await expect(fetch(Symbol('x') as never)).rejects.toBe(refused);
  await expect((fetch as () => Promise<Response>)()).rejects.toBe(refused);
  expect(original.mock.calls).toEqual([[hostile], [expect.any(Symbol)], []]);
});

test('what the original throws is thrown', () => {
  const refused = new TypeError('Illegal invocation');
  watch(() => {
    throw refused;
  });
  expect(() => fetch('/api')).toThrow(refused);
});

test.each([
  ['nothing', undefined],
  ['no promise', 5],
])('a page whose fetch returns %s gets it', (_what, value) => {
  watch(() => value);
  expect(fetch('/api')).toBe(value);
});

test('a page whose fetch resolves to no response has no rejection made of it', async () => {
  const rejections: unknown[] = [];
  const note = (cause: unknown): unknown => rejections.push(cause);
  process.on('unhandledRejection', note);
  watch(() => Promise.resolve(undefined));
  await expect(fetch('/api')).resolves.toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
});

test('the original is called on what the page called it on', () => {
  const on = vi.fn();
  watch(function original(this: unknown) {
    on(this);
    return Promise.resolve(new Response());
  });
  void fetch('/api');
  void window.fetch('/api');
  void Reflect.apply(fetch, window, ['/api']);
  expect(on.mock.calls).toEqual([[undefined], [window], [window]]);
});

test('a GraphQL request is told by its operation', async () => {
  watch(() => Promise.resolve(new Response()));
  await fetch('/graphql', { method: 'POST', body: '{"query":"query Cart { cart { id } }"}' });
  expect(seen).toMatchObject([[{ operation: 'Cart' }, {}]]);
});

test('once stopped, a wrapper that another one lies over passes on', async () => {
  const original = vi.fn(() => Promise.resolve(new Response()));
  watch(original);
  const ours = window.fetch;
  const theirs: typeof fetch = (...args) => ours(...args);
  window.fetch = theirs;
  stop();
  expect(window.fetch).toBe(theirs);
  await fetch('/api');
  expect(original).toHaveBeenCalledOnce();
  expect(seen).toEqual([]);
});
