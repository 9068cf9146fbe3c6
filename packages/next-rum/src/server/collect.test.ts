import { gzipSync } from 'node:zlib';
import { LIMITS, newId, type ViewDocument } from '@rumkit/react-rum/protocol';
import { expect, onTestFinished, test, vi } from 'vitest';
import { StoreError } from '../store/storeError.js';
import {
  batch,
  event,
  NOON,
  openTestStore,
  receiptIn,
  startServer,
  unavailableStore,
  view,
} from '../testing/rumServer.js';
import { serveHttp } from '../testing/serveHttp.js';
import { ingestOf } from './ingest.js';

const RANGE = { app: 'default', from: 0, to: 1e15 };
const JSON_TYPE = { 'content-type': 'application/json' };

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

test('a batch is stored and every part of it accounted for', async () => {
  const { post, store } = await startServer();
  const document = view();
  const response = await post(
    batch({
      views: [document, { id: 'bad' }],
      events: [event(), { ...event(), type: 'replay' }, event()],
    }),
    {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
      'x-forwarded-for': '198.51.100.7',
      'cf-ipcountry': 'AT',
    },
  );
  expect(response.status).toBe(202);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await receiptIn(response)).toEqual({
    accepted: 3,
    duplicate: 0,
    rejected: [
      { kind: 'view', index: 1, reason: 'invalid', message: expect.any(String) },
      {
        kind: 'event',
        index: 1,
        id: expect.any(String),
        reason: 'unknown_type',
        message: expect.any(String),
      },
    ],
  });
  expect(await store.views(RANGE, 10)).toMatchObject([
    {
      id: document.id,
      lcp: 1200.5,
      receivedAt: NOON,
      browser: 'Firefox',
      os: 'Linux',
      device: 'desktop',
      country: 'AT',
      sample: false,
    },
  ]);
  expect(await store.events(RANGE, 10)).toHaveLength(2);
});

test('the address of a visitor is nowhere in the database', async () => {
  const { post, store } = await startServer();
  await post(batch({ views: [view()], events: [event()] }), { 'x-forwarded-for': '198.51.100.7' });
  const rows = [await store.views(RANGE, 10), await store.events(RANGE, 10)];
  expect(JSON.stringify(rows)).not.toContain('198.51');
});

test('a batch sent three times is stored once', async () => {
  const { post, count } = await startServer();
  const body = batch({ views: [view()], events: [event(), event()] });
  expect(await receiptIn(await post(body))).toMatchObject({ accepted: 3, duplicate: 0 });
  expect(await receiptIn(await post(body))).toMatchObject({ accepted: 0, duplicate: 3 });
  expect(await receiptIn(await post({ ...body, sentAt: NOON + 1 }))).toMatchObject({
    accepted: 0,
    duplicate: 3,
  });
  expect(await count()).toEqual({ views: 1, events: 2 });
});

test('the same item twice in a batch is accepted once', async () => {
  const { post, count } = await startServer();
  const [document, occurrence] = [view(), event()];
  const response = await post(
    batch({ views: [document, { ...document, revision: 2 }], events: [occurrence, occurrence] }),
  );
  expect(await receiptIn(response)).toEqual({ accepted: 2, duplicate: 2, rejected: [] });
  expect(await count()).toEqual({ views: 1, events: 1 });
});

test('batches that come together are each told of their own items', async () => {
  const { post, count } = await startServer();
  const shared = event();
  const receipts = await Promise.all(
    Array.from({ length: 20 }, async () => receiptIn(await post(batch({ events: [event(), shared] })))),
  );
  expect(receipts.map(({ accepted, duplicate }) => accepted + duplicate)).toEqual(Array(20).fill(2));
  expect(receipts.reduce((sum, { duplicate }) => sum + duplicate, 0)).toBe(19);
  expect(await count()).toEqual({ views: 0, events: 21 });
});

test('an empty batch is accepted', async () => {
  const { post } = await startServer();
  const response = await post(batch());
  expect([response.status, await receiptIn(response)]).toEqual([
    202,
    { accepted: 0, duplicate: 0, rejected: [] },
  ]);
});

test('what sendBeacon sends is read, and so is a compressed body', async () => {
  const { send, count } = await startServer();
  const beacon = await send('/batch', { method: 'POST', body: JSON.stringify(batch({ events: [event()] })) });
  const zipped = await send('/batch', {
    method: 'POST',
    body: new Uint8Array(gzipSync(JSON.stringify(batch({ events: [event()] })))),
    headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
  });
  expect([beacon.status, zipped.status]).toEqual([202, 202]);
  expect(await count()).toEqual({ views: 0, events: 2 });
});

test('an agent without an app name belongs to the app of its collector; another name is kept', async () => {
  const { post, store } = await startServer({ config: { app: 'shop' } });
  await post(batch({ events: [event()] }));
  await post(batch({ app: 'blog', events: [event()] }));
  expect(await store.events({ ...RANGE, app: 'shop' }, 10)).toHaveLength(1);
  expect(await store.events({ ...RANGE, app: 'blog' }, 10)).toHaveLength(1);
});

test('only the seeder marks rows as sample data', async () => {
  const honest = await startServer();
  await honest.post({ ...batch({ views: [{ ...view(), sample: true }] }), sample: true });
  expect(await honest.store.views(RANGE, 10)).toMatchObject([{ sample: false }]);
  const seeder = await startServer({ sample: true });
  await seeder.post(batch({ views: [view()], events: [event()] }));
  expect(await seeder.store.views(RANGE, 10)).toMatchObject([{ sample: true }]);
  expect(await seeder.store.events(RANGE, 10)).toMatchObject([{ sample: true }]);
});

test.each([
  ['strict', { userId: null, userTraits: null }],
  ['consent', { userId: 'u-7', userTraits: '{"plan":"pro"}' }],
] as const)(
  'under %s privacy the collector decides about the user, whatever the page sends',
  async (privacy, stored) => {
    const { post, store } = await startServer({ config: { privacy } });
    const user = { id: 'u-7', traits: { plan: 'pro' } };
    const response = await post(batch({ user, views: [view()], events: [event()] }));
    expect(await receiptIn(response)).toMatchObject({ accepted: 2, rejected: [] });

    const views = await store.views(RANGE, 10);
    expect(views).toMatchObject([stored]);
    const everything = JSON.stringify([views, await store.events(RANGE, 10)]);
    expect(everything.includes('u-7')).toBe(privacy === 'consent');
  },
);

const good = JSON.stringify(batch({ events: [event()] }));

test.each<[string, RequestInit, number, string]>([
  ['no JSON', { body: 'hello', headers: JSON_TYPE }, 400, 'malformed'],
  ['nothing', { headers: JSON_TYPE }, 400, 'malformed'],
  ['half a batch', { body: good.slice(0, -9), headers: JSON_TYPE }, 400, 'malformed'],
  [
    'less than was announced',
    { body: good, headers: { ...JSON_TYPE, 'content-length': `${good.length + 5}` } },
    400,
    'malformed',
  ],
  ['a list', { body: '[]', headers: JSON_TYPE }, 400, 'malformed'],
  ['bytes', { body: new Uint8Array([0xff, 0xfe, 0]), headers: JSON_TYPE }, 400, 'malformed'],
  [
    'another version',
    { body: good.replace('"v":1', '"v":2'), headers: JSON_TYPE },
    400,
    'unsupported_version',
  ],
  ['too much', { body: `${good}${' '.repeat(128 * 1024)}`, headers: JSON_TYPE }, 413, 'too_large'],
  [
    'a bomb',
    {
      body: new Uint8Array(gzipSync(Buffer.alloc(50_000_000, ' '))),
      headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
    },
    413,
    'too_large',
  ],
  ['a form', { body: new URLSearchParams({ batch: good }) }, 415, 'unsupported_media_type'],
  ['a picture', { body: good, headers: { 'content-type': 'image/png' } }, 415, 'unsupported_media_type'],
  [
    'a foreign page',
    { body: good, headers: { ...JSON_TYPE, origin: 'https://evil.example' } },
    403,
    'origin_not_allowed',
  ],
])(
  '%s is refused with a reason, stored nowhere and logged in one line',
  async (_name, init, status, error) => {
    const { send, count, lines } = await startServer();
    const response = await send('/batch', { method: 'POST', ...init });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error, message: expect.stringMatching(/\S/) });
    expect(await count()).toEqual({ views: 0, events: 0 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(error);
  },
);

test('a new agent is told which versions are read', async () => {
  const { post } = await startServer();
  expect(await (await post({ v: 7, hello: 'future' })).json()).toMatchObject({
    error: 'unsupported_version',
    supported: [1],
  });
});

test('a log line cannot be forged, and a flood fills nothing', async () => {
  let time = NOON;
  const { post, lines } = await startServer({ now: () => time });
  // No browser sends this, but not everybody is a browser.
  const origin = 'https://evil.example/\u009b31m{"event":"all_good"}';
  for (let attempt = 0; attempt < 1000; attempt += 1) await post(batch(), { origin });
  expect(lines.length).toBeLessThanOrEqual(20);
  for (const line of lines) expect(line).toMatch(/^RUM: \{[\x20-\x7e]*\}$/);
  time += 61_000;
  await post('x');
  expect(lines.at(-1)).toContain('"suppressed":980');
});

test('nothing in a batch reaches the prototype of objects', async () => {
  const { send } = await startServer();
  const poison = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},';
  const body = JSON.stringify(
    batch({ views: [view()], events: [event({ properties: { a: { b: 1 } } })] }),
  ).replaceAll('{', `{${poison}`);
  const before = Reflect.ownKeys(Object.prototype);
  const response = await send('/batch', { method: 'POST', body, headers: JSON_TYPE });
  expect(await receiptIn(response)).toMatchObject({ accepted: 2, rejected: [] });
  expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
});

test('an event with what a database cannot store does not sink the others', async () => {
  const { post, store } = await startServer();
  const response = await post(
    batch({ events: [event({ properties: { a: '\u0000\ud800' } }), event({ name: '\ud83d\u0000x' })] }),
  );
  expect(await receiptIn(response)).toMatchObject({ accepted: 2, rejected: [] });
  expect(JSON.stringify(await store.events(RANGE, 10))).not.toMatch(/\\u0000|\\ud8/);
});

test('an item that the database refuses is named, the rest is stored', async () => {
  const real = await openTestStore();
  const store = {
    ...real,
    insert: (rows: Parameters<typeof real.insert>[0]) =>
      rows.events.some(({ name }) => name === 'poison')
        ? Promise.reject(new StoreError('invalid_data', 'bad'))
        : real.insert(rows),
  };
  const { post, count, lines } = await startServer({ store });
  const poison = event({ name: 'poison' });
  const response = await post(batch({ events: [{}, event(), poison, event()] }));
  expect(await receiptIn(response)).toEqual({
    accepted: 2,
    duplicate: 0,
    rejected: [
      expect.objectContaining({ index: 0, reason: 'invalid' }),
      { kind: 'event', index: 2, id: poison.id, reason: 'storage', message: expect.any(String) },
    ],
  });
  expect(await count()).toEqual({ views: 0, events: 2 });
  expect(lines).toHaveLength(1);
});

test('without a database the answer is 503 and when to come back', async () => {
  const { post, lines } = await startServer({ store: unavailableStore() });
  const response = await post(batch({ events: [event()] }));
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(await response.json()).toMatchObject({ error: 'unavailable' });
  expect(lines).toHaveLength(1);
});

test('a database that comes back takes the same batch', async () => {
  const store = await openTestStore();
  vi.spyOn(store, 'insert').mockRejectedValueOnce(new StoreError('unavailable', 'gone'));
  const { post, count } = await startServer({ store });
  const body = batch({ events: [event()] });
  expect((await post(body)).status).toBe(503);
  expect(await count()).toEqual({ views: 0, events: 0 });
  expect(await receiptIn(await post(body))).toMatchObject({ accepted: 1 });
});

test('a collector with too much waiting says so before it reads', async () => {
  const store = await openTestStore();
  vi.spyOn(ingestOf(store), 'full').mockReturnValue(true);
  const { send } = await startServer({ store });
  const pull = vi.fn();
  const response = await send('/batch', {
    method: 'POST',
    body: new ReadableStream({ pull }, { highWaterMark: 0 }),
    headers: JSON_TYPE,
    duplex: 'half',
  });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  expect(pull).not.toHaveBeenCalled();
});

test('bodies that unfold all at once are held up to a bound, and the others come again', async () => {
  const store = await openTestStore();
  const { dailySalt } = store;
  const database = gate();
  vi.spyOn(store, 'dailySalt').mockImplementation(async (...given) => {
    await database.opened;
    return dailySalt(...given);
  });
  const { send, count } = await startServer({ store });
  // Nobody gives up meanwhile.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());

  const lastByte = gate();
  let waiting = 0;
  const SIZE = LIMITS.inflatedBytes - 1;
  const bodies = Array.from(
    { length: 80 },
    () => new Uint8Array(gzipSync(JSON.stringify(batch({ events: [event()] })).padEnd(SIZE))),
  );
  const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
  const answers: { readonly body: Uint8Array<ArrayBuffer>; readonly response: Response }[] = [];
  const all = bodies.map(async (body) => {
    const pieces = [body.subarray(0, -1), body.subarray(-1)];
    const stream = new ReadableStream(
      {
        pull: async (controller) => {
          if (pieces.length === 1) {
            waiting += 1;
            await lastByte.opened;
          }
          controller.enqueue(pieces.shift());
          if (pieces.length === 0) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const response = await send('/batch', { method: 'POST', body: stream, headers, duplex: 'half' });
    answers.push({ body, response });
  });
  while (waiting < bodies.length) await new Promise((resolve) => setImmediate(resolve));
  lastByte.open();

  const { maxBytes } = ingestOf(store).state();
  const fitting = Math.floor(maxBytes / SIZE);
  while (answers.length < bodies.length - fitting) await new Promise((resolve) => setImmediate(resolve));
  const refused = [...answers];
  expect(new Set(refused.map(({ response }) => response.status))).toEqual(new Set([503]));
  expect(new Set(refused.map(({ response }) => response.headers.get('retry-after')))).toEqual(new Set(['1']));
  expect(ingestOf(store).state().bytes).toBe(fitting * SIZE);

  vi.useRealTimers();
  database.open();
  await Promise.all(all);
  expect(answers.filter(({ response }) => response.status === 202)).toHaveLength(fitting);
  for (const { body } of refused) {
    expect((await send('/batch', { method: 'POST', body, headers })).status).toBe(202);
  }
  expect(await count()).toEqual({ views: 0, events: bodies.length });
  expect(ingestOf(store).state().bytes).toBe(0);
});

test('who sends more bodies at once than one may waits for itself, and for nobody else', async () => {
  const { handle, count } = await startServer();
  const post = await serveHttp({ handle });
  const body = () => JSON.stringify(batch({ events: [event()] }));
  const dawdlers = Array.from({ length: 60 }, () => ({ ...post(2), rest: body() }));
  const answered: (number | undefined)[] = [];
  for (const { answer, write, rest } of dawdlers) {
    write(rest.slice(0, 1));
    void answer.then(({ status }) => answered.push(status));
  }
  await vi.waitFor(() => expect(answered).toEqual(Array(10).fill(503)), { timeout: 5000 });

  const other = post(3);
  other.end(body());
  expect((await other.answer).status).toBe(202);

  for (const { end, rest } of dawdlers) end(rest.slice(1));
  await vi.waitFor(() => expect(answered).toHaveLength(60), { timeout: 5000 });
  expect(answered.filter((status) => status === 202)).toHaveLength(50);
  const again = post(2);
  again.end(body());
  expect((await again.answer).status).toBe(202);
  expect(await count()).toEqual({ views: 0, events: 52 });
});

test('a database that does not answer keeps nobody waiting, and what it writes all the same is accounted for', async () => {
  const store = await openTestStore();
  let answer: (() => void) | undefined;
  vi.spyOn(store, 'insert').mockImplementationOnce(async (rows) => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return store.insert(rows);
  });
  const { post, send, count } = await startServer({ store });
  await post(batch());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const body = batch({ events: [event(), event()] });
  const posted = post(body);
  while (answer === undefined) await new Promise((resolve) => setImmediate(resolve));
  vi.advanceTimersByTime(5000);
  const response = await posted;
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  vi.useRealTimers();
  answer();
  expect(await receiptIn(await post(body))).toMatchObject({ accepted: 0, duplicate: 2 });
  expect(await count()).toEqual({ views: 0, events: 2 });
  expect((await (await send('/health?details')).json()).process.items).toMatchObject({
    received: 2,
    accepted: 0,
    duplicate: 2,
    late: 2,
  });
});

test('visitors are told apart by what the nearest trusted proxy saw', async () => {
  const { post, store } = await startServer({ config: { trustedProxyHops: 2 } });
  for (const forged of ['1.1.1.1', '2.2.2.2']) {
    await post(batch({ views: [view({ id: newId(NOON) })] }), {
      'x-forwarded-for': `${forged}, 198.51.100.7, 10.0.0.1`,
    });
  }
  const visitors = (await store.views(RANGE, 10)).map(({ visitor }) => visitor);
  expect(new Set(visitors).size).toBe(1);
});

test('a visitor whose last view ends after midnight, when it is told of, is one of that day', async () => {
  const midnight = NOON + 12 * 3_600_000;
  let time = midnight - 20 * 60_000;
  const { post, store } = await startServer({ now: () => time });
  const send = (views: readonly ViewDocument[]) => post({ ...batch({ views }), sentAt: time });
  const before = view({ id: newId(time), startedAt: time });
  const last = view({ id: newId(time + 1), startedAt: midnight - 60_000 });
  await send([before]);
  time = midnight - 30_000;
  await send([last]);
  time = midnight + 10 * 60_000;
  await send([{ ...last, revision: last.revision + 1 }, view({ id: newId(time), startedAt: time })]);
  expect((await store.views(RANGE, 10)).map(({ startedAt }) => startedAt)).toHaveLength(3);
  expect(await store.visitors({ app: 'default', from: NOON, to: midnight }, 'daily')).toEqual({
    n: 1,
    exact: true,
  });
});
