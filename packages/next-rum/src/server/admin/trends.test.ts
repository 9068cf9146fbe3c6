import { expect, test, vi } from 'vitest';
import { makeShift, makeTrend } from '../../testing/makeTrends.js';
import { NOON, startServer, type TestServer } from '../../testing/rumServer.js';
import { makeIncident } from '../../testing/savedThings.js';
import type { TrendsResponse } from '../api.js';

const DAY = 86_400_000;
const TODAY = NOON - (NOON % DAY);

/** A server whose store has found a trend of LCP and a shift of TTFB. */
async function start(): Promise<TestServer> {
  const server = await startServer();
  const [{ snoozedUntil: _, ...trend }, { snoozedUntil: __, ...shift }] = [makeTrend(), makeShift()];
  const told = { since: TODAY - 50 * DAY, until: TODAY, days: 50, routes: 2, tests: 40 };
  vi.spyOn(server.store, 'trends').mockResolvedValue({ ...told, findings: [shift, trend] });
  return server;
}

async function idsOf({ send }: TestServer, search = ''): Promise<string[]> {
  const { findings }: TrendsResponse = await (await send(`/admin/trends${search}`)).json();
  return findings.map(({ kind }) => kind);
}

test('the 56 days that are over are asked for, whatever the time that is shown', async () => {
  const server = await start();
  expect(await idsOf(server)).toEqual(['shift', 'trend']);
  expect(server.store.trends).toHaveBeenLastCalledWith({
    app: 'default',
    from: TODAY - 56 * DAY,
    to: TODAY,
  });
  await idsOf(server, `?from=${TODAY - 9 * DAY - 1}&to=${TODAY - 3 * DAY - 1}&audience=bots`);
  expect(server.store.trends).toHaveBeenLastCalledWith({
    app: 'default~bots',
    from: TODAY - 59 * DAY,
    to: TODAY - 3 * DAY,
  });
});

test('filters of routes leave out others, and any other filter none', async () => {
  const server = await start();
  expect(await idsOf(server, '?filter=route:/shop')).toEqual(['shift']);
  expect(await idsOf(server, '?filter=!route:/shop')).toEqual(['trend']);
  expect(await idsOf(server, '?filter=country:DE')).toEqual(['shift', 'trend']);
});

test.each([
  ['of the same metric, route and day', { where: { route: '/shop' } }, ['trend']],
  ['of the same metric in a browser', { where: { browser: 'Safari' }, causes: [] }, ['trend']],
  ['of another route', { where: { route: '/cart' } }, ['shift', 'trend']],
  ['of another metric', { metric: 'inp', where: {} }, ['shift', 'trend']],
  ['of another week', { where: {}, began: makeShift().at - 9 * DAY }, ['shift', 'trend']],
  ['that was over before', { where: {}, ended: NOON - 3 * DAY }, ['shift', 'trend']],
] as const)('a shift is not told beside an incident %s', async (_, part, expected) => {
  const server = await start();
  await server.store.saveIncidents([
    makeIncident({ metric: 'ttfb', began: makeShift().at, causes: [], ...part } as never),
  ]);
  expect(await idsOf(server)).toEqual(expected);
});

test('it is snoozed, and a file says in words what it is', async () => {
  const server = await start();
  const answer = await server.send('/admin/insights', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ do: 'snooze', id: makeShift().id, hours: 3 }),
  });
  expect(answer.status).toBe(200);
  const { findings }: TrendsResponse = await (await server.send('/admin/trends')).json();
  expect(findings.map(({ snoozedUntil }) => snoozedUntil)).toEqual([NOON + 3 * 3_600_000, null]);
  const csv = await (await server.send('/admin/trends?format=csv')).text();
  expect(csv).toMatch(/^id,kind,metric,route,sentence,basis,since,was,is,n,affected,p,snoozedUntil\r\n/);
  expect(csv).toContain('p75 TTFB on /shop went from 310 ms to 480 ms on 12 November');
});
