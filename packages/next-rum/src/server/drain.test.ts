import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { batch, event, openTestStore, startServer } from '../testing/rumServer.js';
import type { Signals } from './drain.js';
import { ingestOf } from './ingest.js';

function fakeProcess() {
  const emitter = Object.assign(new EventEmitter(), { pid: 42, kill: vi.fn(() => true) });
  return { emitter, signals: emitter as unknown as Signals };
}

test('a signal lets what was taken on be committed, stores the counts, and takes nothing more', async () => {
  const { emitter, signals } = fakeProcess();
  const store = await openTestStore();
  const { post, send, count } = await startServer({ signals, store });
  vi.spyOn(store, 'insert').mockImplementationOnce(async (rows) => {
    await vi.waitFor(() => expect(ingestOf(store).state().rows).toBe(5));
    emitter.emit('SIGTERM', 'SIGTERM');
    return store.insert(rows);
  });
  const answers = await Promise.all(Array.from({ length: 5 }, () => post(batch({ events: [event()] }))));

  const late = await post(batch({ events: [event()] }));
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '5']);
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(202));
  const health = await send('/health');
  expect([health.status, await health.json()]).toEqual([503, { status: 'draining' }]);
  await vi.waitFor(() => expect(emitter.kill).toHaveBeenCalledWith(42, 'SIGTERM'));
  expect(await count()).toEqual({ views: 0, events: 5 });
  expect(await store.counts(0, 1e15)).toContainEqual(
    expect.objectContaining({ counter: 'items.accepted', amount: 5 }),
  );
});

test('whoever else listens ends the process', async () => {
  const { emitter, signals } = fakeProcess();
  const host = vi.fn();
  emitter.on('SIGINT', host);
  const { post, store } = await startServer({ signals });
  await post(batch({ events: [event()] }));
  emitter.emit('SIGINT', 'SIGINT');
  emitter.emit('SIGINT', 'SIGINT');
  await vi.waitFor(async () => expect(await store.counts(0, 1e15)).not.toEqual([]));
  await vi.waitFor(() => expect(emitter.listenerCount('SIGTERM')).toBe(0));
  expect(host).toHaveBeenCalledTimes(2);
  expect(emitter.kill).not.toHaveBeenCalled();
});

test('nothing listens before the first batch', async () => {
  const { emitter, signals } = fakeProcess();
  const { post, send } = await startServer({ signals });
  await send('/health');
  expect(emitter.eventNames()).toEqual([]);
  await post(batch());
  await post(batch());
  expect([emitter.listenerCount('SIGTERM'), emitter.listenerCount('SIGINT')]).toEqual([1, 1]);
});
