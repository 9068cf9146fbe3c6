import { expect, test } from 'vitest';
import { batch, event, HOST, startServer } from '../testing/rumServer.js';

test.each([
  ['no origin', {}],
  ['its own origin', { origin: HOST, host: 'shop.example' }],
  [
    'its own origin behind a proxy',
    { origin: HOST, host: '10.0.0.1:3000', 'x-forwarded-host': 'shop.example' },
  ],
  ['a browser that vouches for it', { origin: HOST, host: 'internal', 'sec-fetch-site': 'same-origin' }],
])('a request with %s is from the app itself and gets no CORS headers', async (_name, headers) => {
  const { post } = await startServer({ config: { allowedOrigins: ['https://www.example'] } });
  const response = await post(batch({ events: [event()] }), headers as Record<string, string>);
  expect(response.status).toBe(202);
  expect(response.headers.has('access-control-allow-origin')).toBe(false);
});

test.each([
  ['another host', { origin: 'https://evil.example', host: 'shop.example' }],
  ['another port', { origin: 'https://shop.example:444', host: 'shop.example' }],
  ['a host that ends like it', { origin: 'https://evilshop.example', host: 'shop.example' }],
  ['an opaque origin', { origin: 'null', host: 'shop.example' }],
  ['another site, says the browser', { 'sec-fetch-site': 'cross-site' }],
])('a request of %s is refused without CORS headers', async (_name, headers) => {
  const { post } = await startServer({ config: { allowedOrigins: ['https://www.example'] } });
  const response = await post(batch({ events: [event()] }), headers as Record<string, string>);
  expect(response.status).toBe(403);
  expect(response.headers.has('access-control-allow-origin')).toBe(false);
});

test('an allowed origin may post, and may read refusals', async () => {
  const { post, send } = await startServer({ config: { allowedOrigins: ['https://www.example'] } });
  const headers = { origin: 'https://www.example', host: 'shop.example', 'sec-fetch-site': 'cross-site' };
  for (const response of [await post(batch({ events: [event()] }), headers), await post('x', headers)]) {
    expect(response.headers.get('access-control-allow-origin')).toBe('https://www.example');
    expect(response.headers.get('vary')).toBe('Origin');
    expect(response.headers.has('access-control-allow-credentials')).toBe(false);
  }
  const preflight = await send('/batch', { method: 'OPTIONS', headers });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-methods')).toBe('POST');
  expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
});

test('a preflight of anybody else is refused', async () => {
  const { send } = await startServer();
  const response = await send('/batch', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
  expect(response.status).toBe(403);
  expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});
