import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readBody } from './readBody.js';

const LIMITS = {
  wireBytes: 1024,
  inflatedBytes: 4096,
  mediaTypes: ['application/json', 'text/plain'],
  timeoutMs: 50,
};

function read(body: Uint8Array | string | ReadableStream | null, headers: Record<string, string> = {}) {
  const request = new Request('https://shop.example/', {
    method: 'POST',
    body: body as BodyInit | null,
    headers: { 'content-type': 'application/json', ...headers },
    duplex: 'half',
  } as RequestInit);
  return readBody(request, LIMITS);
}

/** A body that arrives in pieces; `pulled` says how much of it was asked for. */
function pieces(chunks: readonly Uint8Array[], end: 'close' | 'error' = 'close') {
  const left = [...chunks];
  const state = { pulled: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const chunk = left.shift();
        if (chunk !== undefined) {
          state.pulled += 1;
          controller.enqueue(chunk);
        } else if (end === 'close') controller.close();
        else controller.error(new Error('socket hang up'));
      },
      cancel: () => {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, state };
}

test.each(['application/json', 'text/plain;charset=UTF-8', 'Application/JSON; charset="utf-8"'])(
  'a body of type %s is read',
  async (type) => {
    expect(await read('{"a":"ü"}', { 'content-type': type })).toEqual({ ok: true, text: '{"a":"ü"}' });
  },
);

test('compressed bodies are read', async () => {
  const text = JSON.stringify({ text: 'hello '.repeat(200) });
  expect(await read(gzipSync(text), { 'content-encoding': 'gzip' })).toEqual({ ok: true, text });
  expect(await read(brotliCompressSync(text), { 'content-encoding': 'BR' })).toEqual({ ok: true, text });
  expect(await read(text.slice(0, 9), { 'content-encoding': 'identity' })).toMatchObject({ ok: true });
});

test('many compressed bodies at once are all read, bad ones among them', async () => {
  const texts = Array.from({ length: 40 }, (_, index) => JSON.stringify({ index }));
  const bodies = await Promise.all(
    texts.map((text, index) =>
      read(index % 5 === 0 ? 'rubbish' : gzipSync(text), { 'content-encoding': 'gzip' }),
    ),
  );
  expect(bodies.map((body) => (body.ok ? body.text : body.error))).toEqual(
    texts.map((text, index) => (index % 5 === 0 ? 'malformed' : text)),
  );
});

test('a character split between two pieces is put together', async () => {
  const bytes = new TextEncoder().encode('"ü"');
  const { stream } = pieces([bytes.subarray(0, 2), bytes.subarray(2)]);
  expect(await read(stream)).toEqual({ ok: true, text: '"ü"' });
});

test.each([
  ['no type', { 'content-type': '' }],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['a look-alike', { 'content-type': 'application/jsonp' }],
  ['another charset', { 'content-type': 'text/plain; charset=latin1' }],
  ['deflate', { 'content-encoding': 'deflate' }],
  ['two encodings', { 'content-encoding': 'gzip, br' }],
  ['a prototype key', { 'content-encoding': '__proto__' }],
])('%s is an unsupported media type', async (_name, headers) => {
  expect(await read('{}', headers as Record<string, string>)).toMatchObject({
    ok: false,
    status: 415,
    error: 'unsupported_media_type',
  });
});

test('a body that says it is too large is refused before it is read', async () => {
  const { stream, state } = pieces([new Uint8Array(10)]);
  expect(await read(stream, { 'content-length': '1025' })).toMatchObject({ status: 413, error: 'too_large' });
  expect(state.pulled).toBe(0);
});

test('a body that does not say its size is cut off at the limit', async () => {
  const { stream, state } = pieces(Array.from({ length: 100 }, () => new Uint8Array(512)));
  expect(await read(stream)).toMatchObject({ status: 413, error: 'too_large' });
  expect(state).toEqual({ pulled: 3, cancelled: true });
});

test('a body in many small pieces is put together in their order', async () => {
  const text = JSON.stringify(Array.from({ length: 200 }, (_, index) => index));
  const { stream } = pieces([...Buffer.from(text)].map((byte) => new Uint8Array([byte])));
  expect(await read(stream)).toEqual({ ok: true, text });
});

test('a body of exactly the limit passes, one byte more does not', async () => {
  expect(await read('x'.repeat(1024))).toMatchObject({ ok: true });
  expect(await read('x'.repeat(1025))).toMatchObject({ ok: false, status: 413 });
});

test.each([
  ['truncated', '{"a":1', '12'],
  ['longer than it says', '{"a":1}', '3'],
  ['of a negative length', '{}', '-2'],
  ['of a length in hex', '{}', '0x2'],
])('a body %s is malformed', async (_name, body, length) => {
  expect(await read(body, { 'content-length': length })).toMatchObject({ status: 400, error: 'malformed' });
});

test('a body whose connection breaks is malformed', async () => {
  const { stream } = pieces([new Uint8Array(10)], 'error');
  expect(await read(stream)).toMatchObject({ status: 400, error: 'malformed' });
});

test('a body that never ends is given up, to be sent again', async () => {
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel: () => {
      cancelled = true;
    },
  });
  expect(await read(stream)).toMatchObject({ ok: false, status: 408, error: 'unavailable' });
  expect(cancelled).toBe(true);
});

test('bytes that are not UTF-8 are malformed', async () => {
  expect(await read(new Uint8Array([0x22, 0xc3, 0x28, 0x22]))).toMatchObject({
    status: 400,
    error: 'malformed',
  });
});

test.each([
  ['gzip', gzipSync(Buffer.alloc(500_000))],
  ['br', brotliCompressSync(Buffer.alloc(100_000_000))],
])('a %s bomb is refused', async (encoding, bomb) => {
  expect(bomb.byteLength).toBeLessThan(LIMITS.wireBytes);
  expect(await read(bomb, { 'content-encoding': encoding })).toMatchObject({
    status: 413,
    error: 'too_large',
  });
});

test.each([
  ['gzip', gzipSync('{"a":1}')],
  ['br', brotliCompressSync(JSON.stringify('hello hello world'.repeat(9)))],
])('a truncated %s body is malformed, and so is rubbish', async (encoding, bytes) => {
  const headers = { 'content-encoding': encoding };
  const refusal = { status: 400, error: 'malformed' };
  expect(await read(bytes.subarray(0, bytes.byteLength - 6), headers)).toMatchObject(refusal);
  expect(await read('zzzzzzzzzzzzzzzz', headers)).toMatchObject(refusal);
  expect(await read('', headers)).toMatchObject(refusal);
});

test('no body at all is an empty text', async () => {
  expect(await read(null)).toEqual({ ok: true, text: '' });
});
