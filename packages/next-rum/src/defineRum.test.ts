import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { defineRum } from './defineRum.js';
import { createRumHandlers } from './next/handlers.js';
import { batch, event, HOST, receiptIn } from './testing/rumServer.js';

async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const FRESH = { kind: 'newError', name: 'fresh' };
const SLO = { kind: 'budget', name: 'slo', metric: 'errors', objective: 0.99 };
const PAGER = { name: 'pager', send: async () => undefined };

test('every option has a default', () => {
  vi.stubEnv('RUM_DATABASE_URL', '');
  expect(defineRum().config).toEqual({
    app: 'default',
    database: 'file:./rum.db',
    endpoint: '/api/rum',
    privacy: 'strict',
    allowedOrigins: [],
    trustedProxyHops: 0,
    countryDatabase: null,
    keys: [],
    rateLimit: { perKey: 300_000, perAddress: 1200, store: 'memory' },
    bots: 'apart',
    labels: { routes: 1000, releases: 100, names: 1000 },
    authorize: null,
    retention: { raw: 30, minutes: 2, hours: 90, days: 396 },
    timeZone: 'UTC',
    alerts: null,
    report: null,
  });
});

test('how long rows are kept may be given in part', () => {
  expect(defineRum({ retention: { raw: 7 } }).config.retention).toEqual({
    raw: 7,
    minutes: 2,
    hours: 90,
    days: 396,
  });
});

test('an option that is undefined counts as not given, and the environment names the database', () => {
  vi.stubEnv('RUM_DATABASE_URL', 'postgresql://rum@db/rum');
  expect(defineRum({ app: undefined, database: undefined }).config).toMatchObject({
    app: 'default',
    database: 'postgresql://rum@db/rum',
  });
  expect(defineRum({ database: 'file:./mine.db' }).config.database).toBe('file:./mine.db');
});

test.each<[string, unknown, string]>([
  ['app', 7, 'a number'],
  ['app', 'my shop', 'a string'],
  ['app', '', 'a string'],
  ['database', 'mysql://root:hunter2@db/rum', 'a string, "mysql://…"'],
  ['database', ' postgres://root:hunter2@db/rum', 'a string, " postgres://…"'],
  ['database', 'sqlite:hunter2', 'a string, "sqlite:…"'],
  ['database', 'file:', 'a string, "file:"'],
  ['database', './data/rum.db', 'a string, "./data/rum.db"'],
  ['database', 'C:\\data\\rum.db', 'a string, "C:\\\\data\\\\rum.db"'],
  ['database', '', 'a string, ""'],
  ['database', 'hunter2', 'a string'],
  ['database', 'root:hunter2', 'a string'],
  ['database', 'hunter2@db/rum.db', 'a string'],
  ['database', ['file:./rum.db'], 'an array'],
  ['endpoint', 'api/rum', 'a string'],
  ['endpoint', '/api/rum/', 'a string'],
  ['endpoint', '/', 'a string'],
  ['privacy', 'off', 'a string'],
  ['allowedOrigins', 'https://shop.example', 'a string'],
  ['allowedOrigins', ['*'], 'an array'],
  ['allowedOrigins', ['https://shop.example/'], 'an array'],
  ['trustedProxyHops', '1', 'a string'],
  ['trustedProxyHops', 1.5, 'a number'],
  ['trustedProxyHops', 11, 'a number'],
  ['countryDatabase', '', 'a string'],
  ['countryDatabase', 7, 'a number'],
  ['keys', 'a-key-of-sixteen-characters', 'a string'],
  ['keys', [{ key: undefined }], 'an array'],
  ['keys', [{ key: 'short' }], 'an array'],
  ['keys', [{ key: 'hunter2-hunter2-hunter2 ' }], 'an array'],
  ['keys', [{ key: 'k'.repeat(16) }, { key: 'k'.repeat(16), app: 'shop' }], 'an array'],
  ['keys', [{ key: 'k'.repeat(16), app: 'my shop' }], 'an array'],
  ['rateLimit', true, 'a boolean'],
  ['rateLimit', { perKey: 0 }, 'an object'],
  ['rateLimit', { perMinute: 5 }, 'an object'],
  ['rateLimit', { store: 'redis' }, 'an object'],
  ['rateLimit', { store: { redis: undefined } }, 'an object'],
  ['bots', 'drop', 'a string'],
  ['labels', 100, 'a number'],
  ['labels', { routes: 0 }, 'an object'],
  ['labels', { paths: 10 }, 'an object'],
  ['authorize', true, 'a boolean'],
  ['authorize', {}, 'an object'],
  ['retention', 30, 'a number'],
  ['retention', { raw: 0 }, 'an object'],
  ['retention', { raw: '30' }, 'an object'],
  ['timeZone', 'Mars/Olympus', 'a string'],
  ['timeZone', 2, 'a number'],
  ['alerts', [], 'an array'],
  ['alerts', { notifiers: [{ name: 'pager' }] }, 'an object'],
  ['alerts', { notifiers: [PAGER, PAGER] }, 'an object'],
  ['alerts', { notifiers: [PAGER], rules: [{ kind: 'anomaly', metrics: ['fid'] }] }, 'an object'],
  [
    'alerts',
    { notifiers: [], rules: [{ kind: 'threshold', name: 'a', metric: 'errors', above: 2 }] },
    'an object',
  ],
  ['alerts', { notifiers: [], rules: [SLO, SLO] }, 'an object'],
  ['alerts', { notifiers: [], rules: [{ ...SLO, name: 'lcp' }] }, 'an object'],
  ['alerts', { notifiers: [], rules: [{ ...SLO, good: 5 }] }, 'an object'],
  ['alerts', { notifiers: [], rules: [{ ...SLO, where: { route: '/', device: 'tv' } }] }, 'an object'],
  ['alerts', { notifiers: [], rules: [{ ...FRESH, minVisitors: 0 }] }, 'an object'],
  ['alerts', { notifiers: [], rules: [{ ...FRESH, schedule: [] }] }, 'an object'],
  [
    'alerts',
    { notifiers: [], rules: [{ ...FRESH, schedule: [{ from: '24:00', to: '08:00' }] }] },
    'an object',
  ],
  [
    'alerts',
    { notifiers: [], rules: [{ ...FRESH, schedule: [{ from: '8:00', to: '18:00' }] }] },
    'an object',
  ],
  [
    'alerts',
    { notifiers: [], rules: [{ ...FRESH, schedule: [{ days: ['monday'], from: '08:00', to: '18:00' }] }] },
    'an object',
  ],
  ['alerts', { notifiers: [], rules: [{ ...FRESH, quietDays: 2 }] }, 'an object'],
  ['alerts', { notifiers: [], rules: [{ ...FRESH, name: 'anomaly' }, { kind: 'anomaly' }] }, 'an object'],
  ['alerts', { notifiers: [PAGER], adminUrl: 'javascript:alert(1)' }, 'an object'],
])(
  '%s: %o fails at start with the field, its type and the mend, and with nothing that may be secret',
  (field, value, type) => {
    const define = () => defineRum({ [field]: value });
    expect(define).toThrow(`RUM: defineRum({ ${field} }) has a wrong value (${type}) — give`);
    expect(define).not.toThrow(/hunter2/);
  },
);

test('a wrong database in the environment is named too', () => {
  vi.stubEnv('RUM_DATABASE_URL', 'mysql://db');
  expect(() => defineRum()).toThrow('RUM_DATABASE_URL');
});

test('the environment may say that bots are counted', () => {
  vi.stubEnv('RUM_BOTS', 'counted');
  expect(defineRum().config.bots).toBe('counted');
  expect(defineRum({ bots: 'apart' }).config.bots).toBe('apart');
  vi.stubEnv('RUM_BOTS', 'yes');
  expect(() => defineRum()).toThrow('RUM_BOTS');
});

test('the environment may lift the rate limit for a load test', () => {
  vi.stubEnv('RUM_RATE_LIMIT', 'off');
  expect(defineRum().config.rateLimit).toBeNull();
  expect(defineRum({ rateLimit: { perKey: 5 } }).config.rateLimit).toMatchObject({ perKey: 5 });
  vi.stubEnv('RUM_RATE_LIMIT', '1000000');
  expect(defineRum().config.rateLimit).toMatchObject({ perKey: 1_000_000, perAddress: 1_000_000 });
  vi.stubEnv('RUM_RATE_LIMIT', 'none');
  expect(() => defineRum()).toThrow('RUM_RATE_LIMIT');
});

test('the client of a shared rate limit stays the one that was given', () => {
  const redis = { sendCommand: () => undefined };
  const { rateLimit } = defineRum({ rateLimit: { store: { redis } } }).config;
  expect(rateLimit?.store).toEqual({ redis });
  expect(rateLimit?.store).toHaveProperty('redis', redis);
});

test('some limits of labels may be given, the others stay', () => {
  expect(defineRum({ labels: { routes: 5 } }).config.labels).toEqual({
    routes: 5,
    releases: 100,
    names: 1000,
  });
});

test('a misspelt option fails at start, or it would be silently open or closed', () => {
  expect(() => defineRum({ authorise: () => true } as never)).toThrow(/\{ authorise \}.*authorize/);
});

test.each([null, 7, 'file:./rum.db', []])('%o is no options', (options) => {
  expect(() => defineRum(options as never)).toThrow('RUM: defineRum takes an object');
});

test('handlers of a definition record a batch, and two definitions of one database share its store', async () => {
  const database = `file:${join(await testFolder(), 'rum.db')}`;
  const [one, other] = [defineRum({ database }), defineRum({ database })];
  expect(await one.store()).toBe(await other.store());
  onTestFinished(async () => (await one.store()).close());
  const { POST, GET } = createRumHandlers(one);
  const response = await POST(
    new Request(`${HOST}/api/rum/batch`, {
      method: 'POST',
      body: JSON.stringify(batch({ sentAt: Date.now(), events: [event({ at: Date.now() })] })),
      headers: { 'content-type': 'application/json' },
    }),
  );
  expect([response.status, await receiptIn(response)]).toEqual([
    202,
    { accepted: 1, duplicate: 0, rejected: [] },
  ]);
  expect((await GET(new Request(`${HOST}/api/rum/health`))).status).toBe(200);
});

test.each([
  ['a server', {}, { state: 'own' }],
  ['a serverless host', { VERCEL: '1' }, { state: 'shared', reason: 'serverless' }],
])('the details of the health tell where the store works on %s', async (_host, environment, thread) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const database = `file:${join(await testFolder(), 'rum.db')}`;
  const rum = defineRum({ database, authorize: () => true });
  onTestFinished(async () => (await rum.store()).close());
  const response = await rum.handle(new Request(`${HOST}/api/rum/health?details`));
  expect(await response.json()).toMatchObject({ status: 'ok', store: { state: 'ok', thread } });
});

test('a database that cannot be opened is tried again at the next request', async () => {
  const folder = await testFolder();
  const blocked = join(folder, 'blocked');
  await writeFile(blocked, 'a file where a folder should be');
  const rum = defineRum({ database: `file:${join(blocked, 'rum.db')}` });
  await expect(rum.store()).rejects.toThrow();
  await unlink(blocked);
  await (await rum.store()).close();
});
