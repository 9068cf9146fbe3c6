import { expect, onTestFinished, test, vi } from 'vitest';
import type { RumStore } from '../store/store.js';
import { StoreError } from '../store/storeError.js';
import {
  batch,
  event,
  NOON,
  openTestStore,
  startServer,
  unavailableStore,
  view,
} from '../testing/rumServer.js';
import type { HealthResponse, IngestMinute, JobHealth } from './api.js';

const SUM = (counts: { readonly [name: string]: number }) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function expectToAddUp({ batches, items }: Omit<IngestMinute, 'minute'>) {
  expect(batches.received).toBe(batches.accepted + SUM(batches.refused) + SUM(batches.deferred));
  expect(items.received).toBe(items.accepted + items.duplicate + SUM(items.rejected));
}

test('anyone learns whether batches are taken, and nothing else', async () => {
  const late: JobHealth = { name: 'rollup', state: 'late', lastRunAt: NOON, error: null, note: null };
  const up = await (await startServer({ jobs: async () => [late] })).send('/health');
  expect([up.status, await up.json()]).toEqual([200, { status: 'ok' }]);
  const down = await (await startServer({ store: unavailableStore() })).send('/health');
  expect([down.status, await down.json()]).toEqual([503, { status: 'unavailable' }]);
});

test('details are for whoever may open the admin', async () => {
  const { send } = await startServer({ config: { authorize: () => false } });
  expect((await send('/health?details')).status).toBe(403);
  expect((await send('/health')).status).toBe(200);
});

test('every batch and item is accounted for, in every minute and over all', async () => {
  let time = NOON;
  const store = await openTestStore();
  const { post, send } = await startServer({ store, now: () => time });
  const body = batch({ views: [view(), {}], events: [event(), { ...event(), type: 'replay' }] });
  await post(body);
  await post(body);
  await post('nonsense');
  await post(batch(), { origin: 'https://evil.example' });
  time += 60_000;
  vi.spyOn(store, 'insert').mockRejectedValueOnce(new StoreError('unavailable', 'gone'));
  await post(batch({ events: [event()] }));
  await post(batch({ sentAt: time - 3_600_000, events: [event({ at: time - 3_600_500 })] }));

  const health: HealthResponse = await (await send('/health?details')).json();
  expect(health).toMatchObject({
    status: 'ok',
    now: time,
    store: { state: 'ok', error: null, thread: null },
    buffer: { rows: 0, bytes: 0, fill: 0, committingSince: null },
    lastCommit: { rows: 1 },
    lastFailure: { code: 'unavailable' },
    deadLetters: 0,
    deadLetterReasons: {},
    unread: [],
    jobs: [
      { name: 'rollup', state: 'ok', lastRunAt: null, error: null, note: null },
      { name: 'retention', state: 'ok', lastRunAt: null, error: null, note: null },
      { name: 'watch', state: 'ok', lastRunAt: null, error: null, note: null },
      { name: 'findings', state: 'ok', lastRunAt: null, error: null, note: null },
    ],
  });
  expect(health.lastHour).toEqual(health.process);
  const { minutes: _minutes, ...sums } = health.process;
  expect(health.lastDay).toEqual(sums);
  expect(health.lastHour).toMatchObject({
    batches: {
      received: 6,
      accepted: 3,
      refused: { malformed: 1, origin_not_allowed: 1 },
      deferred: { unavailable: 1 },
    },
    items: { received: 9, accepted: 3, duplicate: 2, rejected: { invalid: 2, unknown_type: 2 }, late: 0 },
    rows: { clockCorrected: 1 },
  });
  const { minutes = [] } = health.lastHour ?? {};
  expect(minutes.map(({ minute }) => minute)).toEqual([NOON, NOON + 60_000]);
  for (const counted of [health.process, ...minutes]) expectToAddUp(counted);
});

test('counts of all instances are put together, and outlive them', async () => {
  const store = await openTestStore();
  const [one, other] = [await startServer({ store }), await startServer({ store })];
  await one.post(batch({ events: [event()] }));
  await one.close();
  await other.post(batch({ events: [event(), event()] }));
  const health: HealthResponse = await (await other.send('/health?details')).json();
  expect(health.lastHour?.items.accepted).toBe(3);
  expect(health.process.items.accepted).toBe(2);
});

test('the last day is more than the last hour, and no more than a day', async () => {
  let time = NOON;
  const { post, send } = await startServer({ now: () => time });
  const sendOne = async () => post(batch({ sentAt: time, events: [event({ at: time })] }));
  await sendOne();
  time += 2 * 3_600_000;
  await sendOne();
  const both: HealthResponse = await (await send('/health?details')).json();
  expect([both.lastHour?.items.accepted, both.lastDay?.items.accepted]).toEqual([1, 2]);
  time = NOON + 25 * 3_600_000;
  const later: HealthResponse = await (await send('/health?details')).json();
  expect([later.lastHour?.items.accepted, later.lastDay?.items.accepted]).toEqual([0, 1]);
});

test('a minute that is over is stored by the next batch', async () => {
  let time = NOON;
  const { post, store } = await startServer({ now: () => time, serverless: true });
  await post(batch({ events: [event()] }));
  expect(await store.counts(0, 1e15)).toEqual([]);
  time += 60_000;
  await post(batch({ events: [event()] }));
  expect(await store.counts(0, 1e15)).toContainEqual({ minute: NOON, counter: 'items.accepted', amount: 1 });
});

test('what the database refused is told by its reason', async () => {
  const { send, store } = await startServer();
  const letter = {
    app: 'default',
    kind: 'event',
    visitor: 'visitor',
    receivedAt: NOON,
    reason: 'value too long',
    payload: '{}',
  } as const;
  await store.putAside([
    { ...letter, id: 'one' },
    { ...letter, id: 'two' },
  ]);
  const health: HealthResponse = await (await send('/health?details')).json();
  expect([health.deadLetters, health.deadLetterReasons]).toEqual([2, { 'value too long': 2 }]);
});

test('a job that failed shows', async () => {
  const failed: JobHealth = {
    name: 'retention',
    state: 'failed',
    lastRunAt: NOON,
    error: 'disk full',
    note: null,
  };
  const response = await (await startServer({ jobs: async () => [failed] })).send('/health?details');
  expect([response.status, await response.json()]).toEqual([
    200,
    expect.objectContaining({ status: 'degraded', jobs: [failed] }),
  ]);
});

/** A store that never answers these. */
function hanging(store: RumStore, ...methods: readonly (keyof RumStore)[]): RumStore {
  return {
    ...store,
    ...Object.fromEntries(methods.map((name) => [name, () => new Promise(() => undefined)])),
  };
}

test('a question that hangs is given up and named, and all the rest is told', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { post, send } = await startServer({ store: hanging(await openTestStore(), 'counts', 'jobs') });
  await post(batch({ events: [event()] }));
  const asking = send('/health?details');
  await vi.waitUntil(() => vi.getTimerCount() === 2);
  await vi.advanceTimersByTimeAsync(4500);
  const response = await asking;
  expect(response.status).toBe(200);
  const health: HealthResponse = await response.json();
  expect(health).toMatchObject({
    status: 'degraded',
    store: { state: 'ok' },
    buffer: { rows: 0 },
    lastCommit: { rows: 1 },
    lastHour: null,
    lastDay: { items: { accepted: 1 } },
    deadLetters: 0,
    deadLetterReasons: {},
    jobs: [],
  });
  expect([...health.unread].sort()).toEqual(['jobs', 'lastHour']);
});

test('a part that fails is named, and all the rest is told', async () => {
  const { send, store } = await startServer();
  vi.spyOn(store, 'countDeadLetters').mockRejectedValueOnce(new StoreError('too_slow', 'no answer'));
  expect(await (await send('/health?details')).json()).toMatchObject({
    status: 'degraded',
    deadLetters: null,
    deadLetterReasons: {},
    lastHour: { minutes: [] },
    unread: ['deadLetters'],
  });
});

test('a database that hangs altogether holds the details up no longer than the ping', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { send } = await startServer({ store: hanging(await openTestStore(), 'ping') });
  const asking = send('/health?details');
  await vi.waitUntil(() => vi.getTimerCount() === 1);
  await vi.advanceTimersByTimeAsync(3000);
  const response = await asking;
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    status: 'unavailable',
    store: { state: 'unavailable', pingMs: null },
    buffer: { rows: 0 },
    lastHour: null,
    process: { minutes: [] },
    unread: ['store.thread', 'jobs', 'lastHour', 'lastDay', 'deadLetters', 'deadLetterReasons'],
  });
});

test('without a database the details tell what this process knows', async () => {
  const { post, send } = await startServer({ store: unavailableStore() });
  await post(batch({ events: [event()] }));
  const response = await send('/health?details');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    status: 'unavailable',
    store: { state: 'unavailable', pingMs: null, error: 'unavailable', thread: null },
    lastHour: null,
    lastDay: null,
    process: { batches: { received: 1, deferred: { unavailable: 1 } } },
  });
});
