import { expect, test } from 'vitest';
import { NOON, startServer } from '../../testing/rumServer.js';
import type { Notice } from '../alerts/notifier.js';

const HEADERS = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };

async function start() {
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
  const server = await startServer({ config: { alerts: { notifiers } } });
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
    rules: [{ metrics: null, minAffected: 1 }],
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
