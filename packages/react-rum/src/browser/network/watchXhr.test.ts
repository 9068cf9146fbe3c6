// @vitest-environment jsdom
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Stop } from '../collector.js';
import type { RequestEnd, RequestStart } from './request.js';
import type { HeaderAccess, Tracing } from './trace.js';
import { watchXhr } from './watchXhr.js';

/** A server that other origins may ask. */
let server: Server;
let origin: string;
let headers: IncomingHttpHeaders;
type Seen = [RequestStart & { readonly url: string }, RequestEnd?];
const seen: Seen[] = [];
const noTracing: Tracing = { mayTrace: () => false, trace: () => undefined };
let stops: readonly Stop[] = [];
const stop = (): void => {
  for (const each of stops) each();
};

function watch(tracing: Tracing = noTracing): void {
  stops = watchXhr((url, start) => {
    const entry: Seen = [{ ...start, url }];
    seen.push(entry);
    return (end) => {
      entry[1] = end;
    };
  }, tracing);
}
function send(request: XMLHttpRequest, body?: string): Promise<void> {
  return new Promise((resolve) => {
    request.addEventListener('loadend', () => resolve());
    request.send(body);
  });
}

beforeAll(async () => {
  server = createServer((request, response) => {
    headers = request.headers;
    if (request.url === '/reset') return request.socket.destroy();
    if (request.url === '/hang') return;
    response.writeHead(request.url === '/missing' ? 404 : 200, {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': '*',
    });
    response.end('answer');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen.length = 0;
});
afterEach(stop);

test('a request is told of with what became of it', async () => {
  watch();
  for (const path of ['/ok?q=1#top', '/missing']) {
    const request = new XMLHttpRequest();
    request.open('POST', origin + path);
    await send(request, 'body');
    expect(request.responseText).toBe('answer');
  }
  expect(seen).toMatchObject([
    [{ initiator: 'xmlhttprequest', method: 'POST', url: `${origin}/ok?q=1` }, { status: 200 }],
    [{ url: `${origin}/missing` }, { status: 404 }],
  ]);
});

test('and why it failed', async () => {
  // jsdom tells its console of errors that a page would see there.
  vi.spyOn(console, 'error').mockReturnValue();
  watch();
  const refused = new XMLHttpRequest();
  refused.open('GET', `${origin}/reset`);
  await send(refused);
  const slow = new XMLHttpRequest();
  slow.open('GET', `${origin}/hang`);
  slow.timeout = 20;
  await send(slow);
  const aborted = new XMLHttpRequest();
  aborted.open('GET', `${origin}/hang`);
  const ended = send(aborted);
  aborted.abort();
  await ended;
  expect(seen.map(([, end]) => end)).toEqual([
    { status: 0, failure: 'network' },
    { status: 0, failure: 'timeout' },
    { status: 0, failure: 'abort' },
  ]);
});

test('an object that is used again is told of each time', async () => {
  watch();
  const request = new XMLHttpRequest();
  for (const path of ['/one', '/two']) {
    request.open('GET', origin + path);
    await send(request);
  }
  expect(seen).toMatchObject([
    [{ url: `${origin}/one` }, { status: 200 }],
    [{ url: `${origin}/two` }, { status: 200 }],
  ]);
});

test('what the original refuses is refused', () => {
  watch();
  const request = new XMLHttpRequest();
  expect(() => request.send()).toThrow('invalid state');
  expect(() => request.setRequestHeader('a', 'b')).toThrow('OPENED state');
  expect(() => request.open('bad method', '/')).toThrow();
  expect(() => request.open('GET', 'http://')).toThrow();
  expect(() => Reflect.apply(XMLHttpRequest.prototype.open, {}, ['GET', '/'])).toThrow('valid instance');
  expect(seen).toEqual([]);
});

test('an address that becomes a text only once is opened all the same', () => {
  watch();
  let reads = 0;
  const address = {
    toString() {
      reads += 1;
      if (reads > 1) throw new Error('read twice');
      return origin;
    },
  };
  expect(() => new XMLHttpRequest().open('GET', address as never)).not.toThrow();
});

test('a GraphQL request is told by its operation', async () => {
  watch();
  const request = new XMLHttpRequest();
  request.open('POST', `${origin}/graphql`);
  await send(request, '{"operationName":"AddToCart","query":"mutation AddToCart { add }"}');
  expect(seen).toMatchObject([[{ operation: 'AddToCart' }, {}]]);
});

test("headers are added to the page's own, and baggage grows", async () => {
  let spanId: string | undefined;
  const trace = (access: HeaderAccess): string | undefined => {
    access.set('traceparent', '00-1');
    const baggage = access.get('baggage');
    access.set('baggage', `${baggage ? `${baggage},` : ''}rum=1`);
    spanId = 'abc';
    return spanId;
  };
  watch({ mayTrace: () => true, trace });
  const request = new XMLHttpRequest();
  request.open('GET', `${origin}/ok`);
  request.setRequestHeader('Baggage', 'tenant=a');
  await send(request);
  expect(headers).toMatchObject({ traceparent: '00-1', baggage: 'tenant=a, rum=1' });
  expect(seen[0]?.[0].spanId).toBe('abc');
});

test('once stopped, the prototype is as it was', () => {
  const { open, send: original, setRequestHeader } = XMLHttpRequest.prototype;
  watch();
  expect(XMLHttpRequest.prototype.open).not.toBe(open);
  stop();
  expect(XMLHttpRequest.prototype).toMatchObject({ open, send: original, setRequestHeader });
});
