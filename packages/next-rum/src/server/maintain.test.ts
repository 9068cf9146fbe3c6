import { expect, test, vi } from 'vitest';
import { makeView, NOON } from '../testing/rows.js';
import { openTestStore, startServer, unavailableStore } from '../testing/rumServer.js';

const DAY = 86_400_000;

test('a scheduler that knows the secret makes rollups and retention run', async () => {
  vi.stubEnv('CRON_SECRET', 's3cret-of-the-cron');
  const store = await openTestStore();
  await store.insert({ views: [makeView(1, { app: 'default' })], events: [] });
  const { send } = await startServer({ store, now: () => NOON + 40 * DAY });
  const headers = { authorization: 'Bearer s3cret-of-the-cron' };

  const answer = await send('/maintain', { headers });

  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      rollup: { kind: 'done', minutes: 0, hours: 1, days: 1 },
      watch: { kind: 'done', hours: 336, opened: 0, resolved: 0, begunAnew: [] },
      findings: { kind: 'done', apps: 1 },
      notices: 0,
      retention: { kind: 'done', views: 1, events: 0, rollups: 0 },
    },
  ]);
  expect(await store.totals({ app: 'default', from: 0, to: NOON + DAY })).toMatchObject({ views: 1 });
});

test.each([
  ['', 's3cret', 401],
  ['Bearer wrong', 's3cret', 401],
  ['Bearer ', '', 403],
  ['Bearer undefined', undefined, 403],
])('%o is turned away where the secret is %o', async (authorization, secret, status) => {
  vi.stubEnv('CRON_SECRET', secret);
  const { send } = await startServer();

  expect((await send('/maintain', { method: 'POST', headers: { authorization } })).status).toBe(status);
});

test('a database that is down is told', async () => {
  vi.stubEnv('CRON_SECRET', 's3cret');
  const { send } = await startServer({ store: unavailableStore() });

  expect((await send('/maintain', { headers: { authorization: 'Bearer s3cret' } })).status).toBe(503);
});
