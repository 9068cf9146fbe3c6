// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { agentPage } from '../../testing/agentPage.js';
import { startRum } from '../index.js';

const pageFetch = window.fetch;
let answer: ReturnType<typeof vi.fn<typeof fetch>>;

const page = agentPage();
beforeEach(() => {
  answer = vi.fn<typeof fetch>(() => Promise.resolve(new Response()));
  window.fetch = answer;
});
afterEach(() => {
  document.head.replaceChildren();
  Object.defineProperty(window, 'fetch', { value: pageFetch, writable: true, configurable: true });
});

/** The headers that the page's own fetch got last. */
function headersSent(): Headers {
  const [input, init] = answer.mock.lastCall ?? [''];
  return new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
}

test("same-origin requests carry the view's trace and, as baggage, session and view", async () => {
  const { sessionId, viewId, flush } = page.start();
  await fetch('/api/search?q=lamp');
  const first = headersSent();
  await fetch(new URL('/api/cart', location.href), { method: 'POST', headers: { accept: 'text/plain' } });
  await flush();
  const traceId = page.sent.views()[0]?.traceId;
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  const parents = [first, headersSent()].map((headers) => headers.get('traceparent'));
  for (const parent of parents) expect(parent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  expect(parents[0]).not.toBe(parents[1]);
  expect(first.get('baggage')).toBe(`rum.session.id=${sessionId()},rum.view.id=${viewId()}`);
  expect(headersSent().get('accept')).toBe('text/plain');
  expect(answer.mock.lastCall?.[1]?.method).toBe('POST');
});

test("the document's view is in the trace that the server rendered it in; the next view in another", async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  document.head.innerHTML = `<meta name="traceparent" content="00-${traceId}-00f067aa0ba902b7-01">`;
  const { flush } = page.start();
  await fetch('/api/one');
  expect(headersSent().get('traceparent')).toContain(traceId);
  history.pushState(null, '', '/next');
  await fetch('/api/two');
  expect(headersSent().get('traceparent')).not.toContain(traceId);
  await flush();
  expect(page.sent.views()[0]?.traceId).toBe(traceId);
});

test('what the caller set stays; its baggage is added to', async () => {
  page.start();
  await fetch('/api', {
    headers: [
      ['traceparent', 'mine'],
      ['baggage', 'tenant=a'],
    ],
  });
  expect(headersSent().get('traceparent')).toBe('mine');
  expect(headersSent().get('baggage')).toMatch(/^tenant=a,rum\.session\.id=/);
  await fetch('/api', { headers: { baggage: 'rum.session.id=mine' } });
  expect(headersSent().get('baggage')).toBe('rum.session.id=mine');
});

test.each([
  ['another origin', ['https://api.example/data']],
  ['another port', [`http://${location.hostname}:9999/data`]],
  ['a blob', [`blob:${location.origin}/1234`]],
  ['a data URL', ['data:text/plain,hi']],
  ['an init that is no plain object', ['/api', new Request(`${location.origin}/api`)]],
] as [string, Parameters<typeof fetch>][])('%s is passed on untouched', async (_what, args) => {
  page.start();
  await fetch(...args);
  expect(answer.mock.lastCall).toEqual(args);
  expect(answer.mock.lastCall?.[0]).toBe(args[0]);
});

test.each([
  ['a URL', new URL('/api', location.href)],
  ['an object that becomes one', { toString: () => '/api' } as unknown as URL],
])('%s is passed on as it is, the headers beside it', async (_what, input) => {
  page.start();
  await fetch(input, { method: 'PUT' });
  expect(answer.mock.lastCall?.[0]).toBe(input);
  expect(answer.mock.lastCall?.[1]).toMatchObject({ method: 'PUT' });
  expect(headersSent().has('traceparent')).toBe(true);
});

test("the caller's own headers and init are not written to", async () => {
  page.start();
  const headers = new Headers({ accept: 'text/plain' });
  const init = Object.freeze({ headers });
  await fetch('/api', init);
  expect(headersSent().get('accept')).toBe('text/plain');
  expect([...headers.keys()]).toEqual(['accept']);
});

test('origins that are named get the headers, exactly those', async () => {
  page.start({ tracing: ['https://api.shop.example'] });
  const traced: [string, boolean][] = [];
  for (const url of [
    'https://api.shop.example/cart',
    'https://api.shop.example.evil.example/cart',
    'https://api.shop.example:8443/cart',
    'http://api.shop.example/cart',
    'https://shop.example/cart',
    '/cart',
  ]) {
    await fetch(url);
    traced.push([url, headersSent().has('traceparent')]);
  }
  expect(traced.filter(([, isTraced]) => isTraced).map(([url]) => url)).toEqual([
    'https://api.shop.example/cart',
    '/cart',
  ]);
});

test('a Request goes as it is, with the headers on a copy', async () => {
  page.start();
  const request = new Request(`${location.origin}/api`, {
    method: 'PUT',
    body: 'content',
    headers: { 'x-own': '1' },
    referrerPolicy: 'no-referrer',
  });
  // Node.js 24 forgets the policy in any copy (browsers do not), so the platform's own copy is the measure.
  const { referrerPolicy } = new Request(request.clone());
  await fetch(request);
  const [passed, init] = answer.mock.lastCall ?? [];
  expect(init).toBeUndefined();
  if (!(passed instanceof Request)) throw new Error('the Request was replaced by something else');
  expect([passed.method, passed.referrerPolicy, await passed.text()]).toEqual([
    'PUT',
    referrerPolicy,
    'content',
  ]);
  expect([passed.headers.get('x-own'), passed.headers.has('traceparent')]).toEqual(['1', true]);
  expect(request.headers.has('traceparent')).toBe(false);
});

test('arguments that fetch refuses are refused by fetch', async () => {
  answer.mockImplementation((...args) => pageFetch(...args));
  page.start();
  await expect(fetch('http://')).rejects.toThrow(TypeError);
  await expect(fetch('/api', { headers: { 'no good': '\n' } })).rejects.toThrow(TypeError);
});

test('a page that froze fetch works on', async () => {
  Object.defineProperty(window, 'fetch', { value: answer, writable: false, configurable: true });
  const { flush } = page.start();
  await fetch('/api');
  expect(answer).toHaveBeenCalledWith('/api');
  await flush();
  expect(page.sent.views()).toHaveLength(1);
});

test('nothing is added when tracing is off, on ignored paths and after the end', async () => {
  const { stop } = page.start({ tracing: false });
  await fetch('/api');
  stop();
  const other = page.start({ ignore: ['/admin'] });
  const wrapped = window.fetch;
  history.pushState(null, '', '/admin');
  await fetch('/api');
  history.pushState(null, '', '/');
  other.stop();
  await wrapped('/api');
  for (const call of answer.mock.calls) expect(call).toEqual(['/api']);
  expect(answer).toHaveBeenCalledTimes(3);
});

test("the agent's own requests are not traced", async () => {
  const agent = startRum({});
  answer.mockResolvedValue(Response.json({ accepted: 1, duplicate: 0, rejected: [] }, { status: 202 }));
  await agent?.flush();
  expect(answer.mock.lastCall?.[0]).toBe('/api/rum/batch');
  expect(headersSent().has('traceparent')).toBe(false);
});
