import { expect, test } from 'vitest';
import { botsOf } from '../store/rows.js';
import { batch, event, receiptIn, startServer, view } from '../testing/rumServer.js';
import type { BreakdownResponse, LiveResponse, OverviewResponse } from './api.js';

const RANGE = { app: 'default', from: 0, to: 1e15 };
const GOOGLEBOT = {
  'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
};
const FIREFOX = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0' };

test('bots are told by what they say of themselves or by the automation flag, and counted apart', async () => {
  const { post, send, store } = await startServer();
  const visit = (fields = {}) => batch({ views: [view({ route: '/seen' })], events: [event()], ...fields });
  await post(visit(), FIREFOX);
  await post(visit(), GOOGLEBOT);
  const receipt = await post(visit({ context: { automated: true } }), FIREFOX);
  expect(await receiptIn(receipt)).toMatchObject({ accepted: 2 });

  expect(await store.totals(RANGE)).toMatchObject({ views: 1, events: 1, sessions: 1 });
  const ask = async (path: string) => (await send(path)).json();
  const visitors: OverviewResponse = await ask('/admin/overview');
  expect(visitors.totals).toMatchObject({ views: 1, events: 1 });
  expect(visitors.bots).toEqual({ mode: 'apart', views: 2 });

  const bots: OverviewResponse = await ask('/admin/overview?audience=bots');
  expect(bots.totals).toMatchObject({ views: 2, events: 2, sessions: 2 });
  expect(bots.vitals.lcp).toMatchObject({ n: 2, p75: 1200.5 });
  expect(bots.traffic.reduce((sum, { views }) => sum + views, 0)).toBe(2);
  expect(bots.bots).toEqual({ mode: 'apart', views: 2 });
  const { rows }: BreakdownResponse = await ask('/admin/breakdown?audience=bots');
  expect(rows).toMatchObject([{ value: '/seen', views: 2 }]);
  const { views }: LiveResponse = await ask('/admin/live?audience=bots');
  expect(views.map(({ browser }) => browser).sort()).toEqual(['Firefox', 'Googlebot']);
  const { process } = await (await send('/health?details')).json();
  expect(process).toMatchObject({ items: { accepted: 6 }, rows: { bot: 4 } });
});

test('bots are counted as visitors where that is wanted', async () => {
  const { post, send, store } = await startServer({ config: { bots: 'counted' } });
  await post(batch({ views: [view()], context: { automated: true } }), GOOGLEBOT);
  expect(await store.views(RANGE, 10)).toMatchObject([{ automated: true }]);
  const overview: OverviewResponse = await (await send('/admin/overview')).json();
  expect(overview).toMatchObject({ totals: { views: 1 }, bots: { mode: 'counted', views: 0 } });
});

test('a batch cannot name the app of the bots', async () => {
  const { post } = await startServer();
  const response = await post(batch({ app: botsOf('default'), views: [view()] }));
  expect([response.status, (await response.json()).error]).toEqual([400, 'malformed']);
});
