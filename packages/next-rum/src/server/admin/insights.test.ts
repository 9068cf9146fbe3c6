import { expect, test } from 'vitest';
import { NOON, startServer, type TestServer } from '../../testing/rumServer.js';
import { INCIDENT, makeIncident } from '../../testing/savedThings.js';
import type { InsightsResponse } from '../api.js';

const HOUR = 3_600_000;
const OVER = makeIncident({
  id: 'errors-1',
  metric: 'errors',
  began: NOON - 9 * HOUR,
  ended: NOON - 5 * HOUR,
  affected: 900,
  where: { country: 'DE' },
  threshold: null,
  usual: null,
  observed: null,
  causes: [],
  release: { release: '2.0', at: NOON - 9 * HOUR },
});

async function start(): Promise<TestServer> {
  const server = await startServer();
  await server.store.saveIncidents([OVER, makeIncident(), makeIncident({ app: 'other', id: 'lcp-7' })]);
  return server;
}

async function read({ send }: TestServer, search = ''): Promise<InsightsResponse> {
  return (await send(`/admin/insights${search}`)).json();
}

function change({ send }: TestServer, body: object): Promise<Response> {
  return send('/admin/insights', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify(body),
  });
}

test('open ones come first, of one app, of the time and the views that are asked for', async () => {
  const server = await start();
  const all = await read(server);
  expect(all).toMatchObject({ open: 1, watched: null, truncated: false });
  expect(all.insights.map(({ id }) => id)).toEqual([INCIDENT, OVER.id]);
  expect(all.insights[0]).not.toHaveProperty('hours');
  const idsOf = async (search: string): Promise<string[]> =>
    (await read(server, search)).insights.map(({ id }) => id);
  expect(await idsOf('?range=1h')).toEqual([INCIDENT]);
  expect(await idsOf(`?from=${NOON - 8 * HOUR}&to=${NOON - 4 * HOUR}`)).toEqual([OVER.id]);
  expect(await idsOf('?filter=country:FR')).toEqual([INCIDENT]);
  expect(await idsOf('?filter=country:DE&filter=browser:Firefox')).toEqual([OVER.id]);
  expect(await idsOf('?filter=!browser:Safari')).toEqual([OVER.id]);
  expect(await idsOf('?filter=route:/cart')).toEqual([INCIDENT, OVER.id]);
  expect(await idsOf('?audience=bots')).toEqual([]);
});

test('those that are one name each other, the first one first, and count once', async () => {
  const server = await startServer();
  const first = makeIncident();
  const part = makeIncident({ id: 'inp-2', metric: 'inp', where: {}, affected: 9, partOf: first.id });
  const over = makeIncident({ id: 'ttfb-2', metric: 'ttfb', partOf: first.id, ended: NOON - HOUR / 2 });
  await server.store.saveIncidents([over, part, first, OVER]);
  const named = ({ id, metric, where, rule }: typeof first) => ({ id, metric, where, rule });
  const { open, insights } = await read(server);
  expect(open).toBe(1);
  const together = new Map(insights.map((each) => [each.id, each.together]));
  expect(together.get(part.id)).toEqual([first, over].map(named));
  expect(together.get(OVER.id)).toEqual([]);
  const { together: ofFirst } = await (await server.send(`/admin/insight?id=${first.id}`)).json();
  expect(ofFirst).toHaveLength(2);
  expect(ofFirst).toEqual(expect.arrayContaining([part, over].map(named)));
  const { together: ofPart } = await (await server.send(`/admin/insight?id=${part.id}`)).json();
  expect(ofPart).toEqual([first, over].map(named));

  await change(server, { do: 'snooze', id: first.id, hours: 1 });
  expect((await read(server)).open).toBe(1);
  await change(server, { do: 'snooze', id: part.id, hours: 1 });
  expect((await read(server)).open).toBe(0);
});

test('a file says in words what it was', async () => {
  const { send } = await start();
  const csv = await (await send('/admin/insights?format=csv')).text();
  const [head, first, second] = csv.split('\r\n');
  expect(head).toMatch(/^id,metric,sentence,cause,began,/);
  expect(first).toContain(
    '"Since 2026-11-23 10:00 UTC, p75 LCP in Safari rose from 1.98 s to 3.40 s (95 %: 3.20–3.60 s, n = 200)"',
  );
  expect(first).toContain('81 % of the rise is on /cart in Safari');
  expect(second).toContain(
    'views with an error in Germany rose from 25 % to 60 % (95 %: 53.1–66.5 %, n = 200)',
  );
});

test('one comes with its hours; one that is not there, or cannot be, is said so', async () => {
  const { send } = await start();
  const { app: _, ...rest } = makeIncident();
  const answer = await send(`/admin/insight?id=${INCIDENT}`);
  expect(await answer.json()).toEqual({ ...rest, snoozedUntil: null, together: [] });
  expect((await send('/admin/insight?id=lcp-7')).status).toBe(404);
  const refused = await send("/admin/insight?id=' OR 1=1");
  expect([refused.status, await refused.json()]).toMatchObject([400, { parameter: 'id' }]);
});

test('a snooze that is ended early lets what waits for it be told at once', async () => {
  const server = await startServer();
  await server.store.saveIncidents([makeIncident()]);
  await change(server, { do: 'snooze', id: INCIDENT, hours: 3 });
  await server.store.queueNotice({
    app: 'default',
    id: 'one',
    notifier: 'pager',
    kind: 'opened',
    incident: INCIDENT,
    createdAt: NOON,
    dueAt: NOON + 3 * HOUR,
    attempts: 0,
    state: 'waiting',
    finishedAt: null,
    error: null,
    body: 'null',
  });
  await change(server, { do: 'wake', id: INCIDENT });
  expect(await server.store.notices('default', 1)).toMatchObject([{ id: 'one', dueAt: NOON }]);
});

test('a snooze is kept, is told in the list of changes, and ends', async () => {
  let now = NOON;
  const server = await startServer({ now: () => now });
  await server.store.saveIncidents([makeIncident()]);
  expect((await change(server, { do: 'snooze', id: INCIDENT, hours: 3 })).status).toBe(200);
  expect(await read(server)).toMatchObject({ open: 0, insights: [{ snoozedUntil: NOON + 3 * HOUR }] });
  const [line] = await server.store.changes('default', 10);
  expect(line).toMatchObject({
    action: 'snooze.save',
    subject: expect.stringMatching(/^Until 2026-11-23 15:00 UTC: Since .* p75 LCP in Safari/),
  });
  now = NOON + 3 * HOUR;
  expect(await read(server)).toMatchObject({ open: 1, insights: [{ snoozedUntil: null }] });
  await change(server, { do: 'snooze', id: INCIDENT, hours: 3 });
  expect((await change(server, { do: 'wake', id: INCIDENT })).status).toBe(200);
  expect(await read(server)).toMatchObject({ open: 1 });
  expect((await change(server, { do: 'snooze', id: 'lcp-7', hours: 1 })).status).toBe(404);
  for (const hours of [0, 1.5, 9999, '3', null])
    expect((await change(server, { do: 'snooze', id: INCIDENT, hours })).status).toBe(400);
});
