import { beforeEach, expect, test, vi } from 'vitest';
import type { Batch } from '../../protocol/index.js';
import { accept } from '../../testing/collectorServer.js';
import { answerWith, senders, unavailable } from '../../testing/senders.js';

const { createSender, serve } = senders();
const COLLECTOR = 'http://collector.test/batch';

/** A browser whose requests never end, and what it was given. */
let kept: string[];
let plain: string[];
const hanging: typeof fetch = (_url, init) => {
  (init?.keepalive ? kept : plain).push(String(init?.body));
  return new Promise(() => {});
};
function idsOf(bodies: readonly string[]): string[] {
  return bodies.flatMap((body) => (JSON.parse(body) as Batch).events.map(({ id }) => id));
}

beforeEach(() => {
  kept = [];
  plain = [];
});

test('a leaving page hands over 200 KB at once, each item once, within what the browser allows', () => {
  const { transport, addEvents } = createSender(COLLECTOR, { fetch: hanging });
  const ids = addEvents(200, 'x'.repeat(1000));
  transport.leave(true);
  expect(kept.join('').length).toBeLessThanOrEqual(60_000);
  expect(kept.join('').length).toBeGreaterThan(40_000);
  expect(kept.length).toBeLessThanOrEqual(9);
  for (const body of plain) expect(body.length).toBeLessThanOrEqual(60_000);
  expect([...idsOf(kept), ...idsOf(plain)].sort()).toEqual(ids.sort());
});

test('where it is kept, a leaving page gives all of it to be kept before it makes a request', async () => {
  const told = new Set<string>();
  const toldAtRequest: number[] = [];
  const { transport, addEvents } = createSender(COLLECTOR, {
    fetch: (url, init) => {
      toldAtRequest.push(told.size);
      return hanging(url, init);
    },
    emit: (_name, ...[items]) => {
      for (const { id } of items as readonly { id: string }[]) told.add(id);
      return true;
    },
  });
  addEvents(1);
  void transport.flush();
  await vi.waitFor(() => expect(toldAtRequest).toEqual([1]));
  addEvents(200, 'x'.repeat(1000));
  transport.leave(true);
  expect(new Set(toldAtRequest.slice(1))).toEqual(new Set([201]));
});

test('at most nine requests at a time outlive the page', () => {
  const { transport, addEvents } = createSender(COLLECTOR, { fetch: hanging });
  for (let round = 0; round < 15; round++) {
    addEvents(1);
    transport.leave(false);
  }
  expect([kept.length, plain.length]).toEqual([9, 6]);
});

test('what was answered gives its room back', async () => {
  const server = await serve();
  const { transport, addEvents } = createSender(server.url, {
    fetch: (url, init) => {
      (init?.keepalive ? kept : plain).push(String(init?.body));
      return fetch(url, init);
    },
  });
  for (let round = 0; round < 20; round++) {
    addEvents(40, 'x'.repeat(1000));
    await transport.flush();
  }
  expect([kept.length, plain.length]).toEqual([20, 0]);
});

test('a failed request gives its room back too', async () => {
  const server = await serve(unavailable);
  const { transport, addEvents, pass } = createSender(server.url, {
    fetch: (url, init) => {
      (init?.keepalive ? kept : plain).push('');
      return fetch(url, init);
    },
  });
  addEvents(40, 'x'.repeat(1000));
  for (let round = 0; round < 20; round++) {
    await transport.flush();
    pass(120_000);
  }
  expect([kept.length, plain.length]).toEqual([20, 0]);
});

test('what is under way and outlives the page is not sent again as it goes', () => {
  const { transport, addEvents } = createSender(COLLECTOR, { fetch: hanging });
  const first = addEvents(1);
  transport.leave(false);
  transport.leave(true);
  const second = addEvents(1);
  transport.leave(true);
  expect(kept.map((body) => idsOf([body]))).toEqual([first, second]);
});

test('what is under way and ends with the page goes once more', () => {
  const { transport, addEvents } = createSender(COLLECTOR, { fetch: hanging });
  const ids = addEvents(150, 'x'.repeat(1000));
  transport.leave(false);
  const inPlain = idsOf(plain);
  expect(inPlain.length).toBeGreaterThan(0);
  plain.length = 0;
  transport.leave(true);
  expect(idsOf(plain)).toEqual(inPlain);
  expect(new Set([...idsOf(kept), ...idsOf(plain)])).toEqual(new Set(ids));
});

test('a page that lives on sends again what was not answered for', async () => {
  const server = await serve((response, before, batch) =>
    (before === 0 ? answerWith(503) : accept)(response, before, batch),
  );
  const { transport, addEvents, pass } = createSender(server.url);
  const ids = addEvents(3);
  transport.leave(true);
  await vi.waitFor(() => expect(server.batches).toHaveLength(1));
  await vi.waitFor(async () => {
    pass(60_000);
    await transport.flush();
    expect(server.committedIds).toEqual(ids);
  });
  expect(server.batches).toHaveLength(2);
});

test('a hidden page makes no request while a pause is due', async () => {
  const server = await serve(unavailable);
  const { transport, addEvents } = createSender(server.url);
  addEvents(1);
  await transport.flush();
  transport.leave(false);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.batches).toHaveLength(1);
});

test('what is gathered last is in the last request', () => {
  const pull = vi.fn((isLeaving: boolean) => {
    if (isLeaving) addEvents(1);
  });
  const { transport, addEvents } = createSender(COLLECTOR, { fetch: hanging, pull });
  transport.leave(true);
  expect(idsOf(kept)).toHaveLength(1);
});

test('where requests end with their page, beacons take what is under way too', async () => {
  vi.stubGlobal('Request', class {});
  const beacons: Blob[] = [];
  vi.stubGlobal('navigator', { sendBeacon: (_url: string, body: Blob) => beacons.push(body) > 0 });
  const { transport, addEvents } = createSender(COLLECTOR, { fetch: hanging });
  const ids = addEvents(1);
  void transport.flush();
  await vi.waitFor(() => expect(plain).toHaveLength(1));
  ids.push(...addEvents(1));
  transport.leave(true);
  expect(idsOf(await Promise.all(beacons.map((body) => body.text())))).toEqual(ids);
  expect(beacons[0]?.type).toBe('application/json');
  expect(kept).toEqual([]);
});

test('a beacon that the browser refuses goes as a request', () => {
  vi.stubGlobal('Request', class {});
  vi.stubGlobal('navigator', { sendBeacon: () => false });
  const { transport, addEvents } = createSender(COLLECTOR, { fetch: hanging });
  const ids = addEvents(1);
  transport.leave(true);
  expect(idsOf(plain)).toEqual(ids);
});

test('and where keepalive is known there are no beacons', () => {
  const sendBeacon = vi.fn();
  vi.stubGlobal('navigator', { sendBeacon });
  const { transport, addEvents } = createSender(COLLECTOR, { fetch: hanging });
  addEvents(1);
  transport.leave(true);
  expect(sendBeacon).not.toHaveBeenCalled();
});

test('a request that outlives the page is made in the same task', () => {
  const { transport, addEvents } = createSender(COLLECTOR, { fetch: hanging, isCompressed: true });
  addEvents(40, 'x'.repeat(500));
  transport.leave(true);
  expect(idsOf(kept)).toHaveLength(40);
});

test('what is still being compressed as the page goes outlives it too', async () => {
  const { transport, addEvents } = createSender(COLLECTOR, { fetch: hanging, isCompressed: true });
  const ids = addEvents(40, 'x'.repeat(500));
  void transport.flush();
  await Promise.resolve();
  transport.leave(true);
  expect(idsOf(kept)).toEqual(ids);
});
