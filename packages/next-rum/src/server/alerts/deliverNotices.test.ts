import { describe, expect, test } from 'vitest';
import type { StoredNotice } from '../../store/noticeStore.js';
import type { RumStore } from '../../store/store.js';
import { CONFIG, NOON, openTestStore } from '../../testing/rumServer.js';
import { makeIncident } from '../../testing/savedThings.js';
import { deliverNotices } from './deliverNotices.js';
import type { Notice, Notifier } from './notifier.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function stored(part: Partial<StoredNotice> = {}): StoredNotice {
  const { hours: _, ...incident } = makeIncident();
  return {
    app: 'default',
    id: 'lcp-1.opened.pager',
    notifier: 'pager',
    kind: 'opened',
    incident: incident.id,
    createdAt: NOON,
    dueAt: NOON,
    attempts: 0,
    state: 'waiting',
    finishedAt: null,
    error: null,
    body: JSON.stringify(incident),
    ...part,
  };
}

async function start(send: Notifier['send']) {
  const store = await openTestStore();
  const lines: string[] = [];
  let now = NOON;
  return {
    store,
    lines,
    at: (time: number) => {
      now = time;
    },
    deliver: () =>
      deliverNotices({
        store,
        config: { ...CONFIG, alerts: { notifiers: [{ name: 'pager', send }] } },
        now: () => now,
        log: (event, fields) => lines.push(`${event} ${fields.notifier} ${fields.reason}`),
      }),
    state: async () => (await store.notices('default', 10))[0],
  };
}

describe('deliverNotices', () => {
  test('sends each once, and says when', async () => {
    const sent: Notice[] = [];
    const { store, deliver, state } = await start(async (notice) => {
      sent.push(notice);
    });
    await store.queueNotice(stored());
    await store.queueNotice(stored());
    expect(await Promise.all([deliver(), deliver()])).toContain(1);
    expect(await deliver()).toBe(0);
    expect(sent).toMatchObject([{ id: 'lcp-1.opened.pager', kind: 'opened', app: 'default', url: null }]);
    expect(await state()).toMatchObject({ state: 'sent', attempts: 1, finishedAt: NOON, error: null });
  });

  test('tries again with longer and longer pauses, then gives up and says why', async () => {
    let tries = 0;
    const { store, deliver, at, state, lines } = await start(async () => {
      tries += 1;
      throw new Error('down');
    });
    await store.queueNotice(stored());
    await deliver();
    expect(await state()).toMatchObject({ state: 'waiting', attempts: 1, dueAt: NOON + MINUTE });
    expect(await deliver()).toBe(0);
    const times = [1, 6, 21, 81, 261, 621, 1341].map((minutes) => NOON + minutes * MINUTE);
    for (const time of times) {
      at(time - 1);
      expect(await deliver()).toBe(0);
      at(time);
      expect(await deliver()).toBe(1);
    }
    expect(tries).toBe(8);
    expect(await state()).toMatchObject({ state: 'failed', attempts: 8, error: 'Error: down' });
    expect(lines).toHaveLength(8);
    expect(lines[0]).toBe('notice_not_sent pager Error: down');
  });

  test('what somebody took and never finished is due again', async () => {
    const sent: Notice[] = [];
    const { store, deliver, at } = await start(async (notice) => {
      sent.push(notice);
    });
    await store.queueNotice(stored());
    expect(await store.takeNotices(NOON, { holdMs: 2 * MINUTE, limit: 10 })).toHaveLength(1);
    at(NOON + 2 * MINUTE - 1);
    expect(await deliver()).toBe(0);
    at(NOON + 2 * MINUTE);
    expect(await deliver()).toBe(1);
    expect(sent).toHaveLength(1);
  });

  test('what is snoozed is told when that ends, however often it is snoozed again', async () => {
    const sent: Notice[] = [];
    const { store, deliver, at, state } = await start(async (notice) => {
      sent.push(notice);
    });
    await snooze(store, 1, NOON + HOUR);
    await store.queueNotice(stored());
    await deliver();
    expect(await state()).toMatchObject({ state: 'waiting', attempts: 0, dueAt: NOON + HOUR });
    await snooze(store, 2, NOON + 2 * HOUR);
    at(NOON + HOUR);
    await deliver();
    expect(await state()).toMatchObject({ state: 'waiting', attempts: 0, dueAt: NOON + 2 * HOUR });
    at(NOON + 2 * HOUR - 1);
    expect(await deliver()).toBe(0);
    expect(sent).toEqual([]);
    at(NOON + 2 * HOUR);
    await deliver();
    expect(sent).toMatchObject([{ id: 'lcp-1.opened.pager', kind: 'opened' }]);
    expect(await deliver()).toBe(0);
  });

  test('of what is over before a snooze ends its end is told once to whom the beginning was, then', async () => {
    const sent: Notice[] = [];
    const { store, deliver, at } = await start(async (notice) => {
      sent.push(notice);
    });
    await store.queueNotice(stored());
    await deliver();
    await snooze(store, 1, NOON + HOUR);
    await store.queueNotice(stored({ id: 'lcp-1.resolved.pager', kind: 'resolved', createdAt: NOON + 1 }));
    await deliver();
    expect(sent.map(({ kind }) => kind)).toEqual(['opened']);
    at(NOON + HOUR);
    await deliver();
    expect(sent.map(({ kind }) => kind)).toEqual(['opened', 'resolved']);
    expect(await deliver()).toBe(0);
  });

  test('what has no notifier any more says so', async () => {
    const { store, deliver, state } = await start(async () => {});
    await store.queueNotice(stored({ notifier: 'gone' }));
    await deliver();
    expect(await state()).toMatchObject({
      state: 'waiting',
      error: 'Error: there is no notifier gone any more',
    });
  });
});

async function snooze(store: RumStore, revision: number, until: number): Promise<void> {
  const change = {
    ...{ app: 'default', at: NOON, id: `c${revision}`, role: 'admin', name: '' },
    ...{ action: 'snooze.save', subject: '' },
  };
  const body = JSON.stringify({ until: { [makeIncident().id]: until } });
  await store.save(
    { app: 'default', kind: 'snooze', id: 'incidents', revision, savedAt: NOON, body },
    change,
  );
}
