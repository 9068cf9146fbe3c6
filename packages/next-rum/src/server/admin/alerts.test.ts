import { expect, test } from 'vitest';
import { CONFIG, NOON, startServer } from '../../testing/rumServer.js';
import { makeIncident } from '../../testing/savedThings.js';
import { deliverNotices } from '../alerts/deliverNotices.js';
import type { AlertRule, Notice } from '../alerts/notifier.js';

const HOUR = 3_600_000;
const HEADERS = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };

async function start(rules?: readonly AlertRule[]) {
  const sent: Notice[] = [];
  const notifiers = [
    {
      name: 'pager',
      send: async (notice: Notice) => {
        sent.push(notice);
      },
    },
    { name: 'broken', send: () => Promise.reject(new Error('no line')) },
  ];
  const server = await startServer({ config: { alerts: { notifiers, ...(rules && { rules }) } } });
  const ask = (body: object): Promise<Response> =>
    server.send('/admin/alerts', { method: 'POST', headers: HEADERS, body: JSON.stringify(body) });
  const list = async () => (await server.send('/admin/alerts')).json();
  return { ...server, sent, ask, list };
}

test('a test is sent at once, and is in the list', async () => {
  const { ask, list, sent, send } = await start();
  expect((await ask({ do: 'test', notifier: 'pager' })).status).toBe(200);
  expect(sent).toMatchObject([
    { kind: 'test', app: 'default', title: 'Test: this is how a message arrives', incident: null, url: null },
  ]);
  expect(await list()).toEqual({
    notifiers: ['pager', 'broken'],
    rules: [
      {
        name: 'anomaly',
        kind: 'anomaly',
        says: 'Whatever is unusual',
        schedule: [],
        nextWindow: null,
        mutedUntil: null,
        open: [],
        sent: 0,
        lastSentAt: null,
      },
    ],
    judgedUntil: null,
    timeZone: 'UTC',
    notices: [
      {
        id: sent[0]?.id,
        notifier: 'pager',
        kind: 'test',
        incident: null,
        createdAt: NOON,
        dueAt: expect.any(Number),
        attempts: 1,
        state: 'sent',
        finishedAt: NOON,
        error: null,
      },
    ],
    truncated: false,
  });
  const csv = await (await send('/admin/alerts?format=csv')).text();
  expect(csv).toContain(`\r\n${sent[0]?.id},pager,test,`);
});

test('one that does not arrive says why, and is not tried again', async () => {
  const { ask, list } = await start();
  await ask({ do: 'test', notifier: 'broken' });
  expect((await list()).notices).toMatchObject([{ state: 'failed', attempts: 1, error: 'Error: no line' }]);
});

test('nobody else can be told', async () => {
  const { ask, list } = await start();
  const refused = await ask({ do: 'test', notifier: 'https://evil.example' });
  expect([refused.status, await refused.json()]).toMatchObject([400, { parameter: 'notifier' }]);
  expect((await list()).notices).toEqual([]);
});

const RULES: readonly AlertRule[] = [
  { kind: 'anomaly', metrics: ['inp'] },
  { kind: 'threshold', name: 'cart', metric: 'lcp', above: 2500 },
  // It is Monday noon.
  { kind: 'newError', name: 'new', schedule: [{ days: ['tue'], from: '08:00', to: '09:00' }] },
];

test('each rule says how it stands, and one that is muted tells nobody until that is over', async () => {
  const { ask, list, sent, store, send } = await start(RULES);
  const { hours: _, ...incident } = makeIncident({ rule: { name: 'cart', kind: 'threshold', share: 0.25 } });
  await store.saveIncidents([makeIncident(incident)]);
  const { mutedUntil, ...cart } = (await list()).rules[1];
  expect(cart).toMatchObject({ name: 'cart', says: 'p75 LCP above 2.50 s in 2 of 3 hours', sent: 0 });
  expect(cart.open).toEqual([{ id: incident.id, openedAt: incident.openedAt }]);
  expect(mutedUntil).toBeNull();
  const { rules } = await list();
  expect(rules[0].open).toEqual([]);
  expect(rules[2]).toMatchObject({ nextWindow: NOON + 20 * HOUR, kind: 'newError' });

  expect((await ask({ do: 'mute', rule: 'cart', hours: 2 })).status).toBe(200);
  expect((await list()).rules[1].mutedUntil).toBe(NOON + 2 * HOUR);
  const notice = {
    app: 'default',
    id: 'cart-1.opened.pager',
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
  } as const;
  await store.queueNotice(notice);
  const notifiers = [{ name: 'pager', send: async (each: Notice) => void sent.push(each) }];
  const deliver = (at: number) =>
    deliverNotices({
      store,
      config: { ...CONFIG, alerts: { notifiers, rules: RULES } },
      now: () => at,
      log: () => undefined,
    });
  await deliver(NOON + HOUR);
  expect([sent, (await list()).notices[0]]).toMatchObject([
    [],
    { state: 'waiting', attempts: 0, dueAt: NOON + 2 * HOUR },
  ]);
  await deliver(NOON + 2 * HOUR);
  expect([sent.length, (await list()).notices[0]]).toMatchObject([1, { state: 'sent', attempts: 1 }]);
  expect((await list()).rules[1]).toMatchObject({ sent: 1, lastSentAt: NOON + 2 * HOUR });

  expect((await ask({ do: 'unmute', rule: 'cart' })).status).toBe(200);
  expect((await list()).rules[1].mutedUntil).toBeNull();
  const { changes } = await (await send('/admin/changes')).json();
  expect(changes.map(({ subject }: { subject: string }) => subject)).toEqual([
    'No longer: rule cart',
    'Until 2026-11-23T14:00:00.000Z: rule cart',
  ]);
});

test.each([
  ['rule', { do: 'mute', rule: 'other', hours: 1 }],
  ['hours', { do: 'mute', rule: 'cart', hours: 0 }],
  ['hours', { do: 'mute', rule: 'cart' }],
  ['rule', { do: 'unmute', rule: '' }],
  ['do', { do: 'silence', rule: 'cart' }],
])('a wrong %s is refused: %o', async (parameter, body) => {
  const { ask } = await start(RULES);
  const refused = await ask(body);
  expect([refused.status, (await refused.json()).parameter]).toEqual([400, parameter]);
});
