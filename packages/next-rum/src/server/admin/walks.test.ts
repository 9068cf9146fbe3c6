import { newId } from '@rumkit/react-rum/protocol';
import { expect, test } from 'vitest';
import { batch, event, NOON, startServer, view } from '../../testing/rumServer.js';

const MINUTE = 60_000;

/** Eight visits to a page and on to the cart; of four slow ones one went on and ordered, of four fast ones three. */
async function startWithWalks(privacy: 'strict' | 'consent' = 'strict') {
  const server = await startServer({ config: { privacy } });
  for (let visit = 0; visit < 8; visit += 1) {
    const [slow, goesOn] = [visit < 4, visit === 0 || visit > 4];
    const at = NOON - 60 * MINUTE - visit * 1000;
    const first = view({
      id: newId(at),
      startedAt: at,
      route: '/',
      path: '/',
      vitals: { lcp: { value: slow ? 4500 : 900 } },
    });
    const cart = view({
      id: newId(at + 1),
      startedAt: at + MINUTE,
      route: '/cart',
      path: '/cart',
      vitals: {},
    });
    const order = event({ viewId: cart.id, at: at + 2 * MINUTE, name: 'order' });
    await server.post(
      batch({
        views: goesOn ? [first, cart] : [first],
        events: goesOn ? [order] : [],
        sessionId: newId(at),
        user: { id: `user-${visit}` },
      }),
      {
        'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:${100 + visit}.0) Gecko/20100101 Firefox/${100 + visit}.0`,
      },
    );
  }
  return server;
}

test('a journey is told as nodes and links, with its exits', async () => {
  const { send } = await startWithWalks();
  const { nodes, links, sessions, depth, anchor } = await (await send('/admin/journey?share=0')).json();
  expect([sessions, depth, anchor]).toEqual([8, 3, null]);
  expect(nodes).toMatchObject([
    { layer: 0, kind: 'route', route: '/', sessions: 8 },
    { layer: 1, kind: 'route', route: '/cart', sessions: 4 },
    { layer: 1, kind: 'exit', sessions: 4 },
    { layer: 2, kind: 'exit', sessions: 4 },
  ]);
  expect(links).toHaveLength(3);
  const to = await (await send('/admin/journey?route=/cart&direction=to&depth=1')).json();
  expect(to.nodes).toMatchObject([{ route: '/cart' }, { route: '/' }]);
  const csv = await (await send('/admin/journey?format=csv')).text();
  expect(csv.split('\r\n')[1]).toBe('0,route,/,route,/cart,4,0');
});

test('what a step may be called is told by how often it was of late', async () => {
  const { send, post } = await startWithWalks();
  const at = NOON - MINUTE;
  await post(batch({ events: [event({ at, name: 'refund' }), event({ at: at + 1, name: '=cmd|calc' })] }));
  expect(await (await send('/admin/names?kind=custom')).json()).toMatchObject({
    kind: 'custom',
    names: [
      { name: 'order', n: 4 },
      { name: '=cmd|calc', n: 1 },
      { name: 'refund', n: 1 },
    ],
    told: { complete: true },
  });
  expect(await (await send('/admin/names?kind=action')).json()).toMatchObject({ names: [] });
  expect((await send('/admin/names?kind=view')).status).toBe(400);
  const csv = await (await send('/admin/names?format=csv')).text();
  expect(csv).toContain("'=cmd|calc");
});

test('a funnel is told with its intervals, and how the slow ones went on beside the fast', async () => {
  const { send } = await startWithWalks();
  const response = await send(
    '/admin/funnel?step=view:/&step=view:/cart&step=custom:order&dimension=browser',
  );
  const { steps, segments, open, sessions } = await response.json();
  expect([sessions, open]).toEqual([8, 0]);
  expect(steps).toMatchObject([
    {
      kind: 'view',
      name: '/',
      reached: 8,
      fromPrevious: null,
      median: null,
      vitals: {
        lcp: {
          n: 8,
          p75: 4500,
          slow: { part: 1, whole: 4 },
          fast: { part: 3, whole: 4 },
          difference: { value: -0.5 },
        },
        inp: null,
      },
    },
    { name: '/cart', reached: 4, fromPrevious: { part: 4, whole: 8, share: 0.5 }, median: MINUTE },
    { kind: 'custom', name: 'order', reached: 4, fromPrevious: { share: 1 }, fromFirst: { share: 0.5 } },
  ]);
  const [low, high] = steps[0].vitals.lcp.difference.interval;
  expect([low < -0.5 && low >= -1, high > -0.5 && high < 0.5]).toEqual([true, true]);
  expect(segments).toMatchObject([{ value: 'Firefox', reached: [8, 4, 4], conversion: { share: 0.5 } }]);
  const within = await (await send('/admin/funnel?step=view:/&step=custom:order&window=1')).json();
  expect(within.steps.map(({ reached }: { reached: number }) => reached)).toEqual([8, 0]);
});

test('goals are shares of sessions, by day', async () => {
  const { send } = await startWithWalks();
  const { goals } = await (await send('/admin/goals?goal=custom:order&goal=view:/nowhere')).json();
  const day = NOON - (NOON % 86_400_000);
  expect(goals).toMatchObject([
    { name: 'order', total: { part: 4, whole: 8, share: 0.5 }, days: [{ t: day, part: 4, whole: 8 }] },
    { name: '/nowhere', total: { part: 0, whole: 8 } },
  ]);
});

test('who came again is told under consent only', async () => {
  const strict = await startWithWalks();
  const none = await (await strict.send('/admin/retention?range=30d')).json();
  expect([none.privacy, none.cohorts]).toEqual(['strict', []]);
  const { send } = await startWithWalks('consent');
  const { privacy, cohorts } = await (await send('/admin/retention?range=30d')).json();
  expect([privacy, cohorts]).toMatchObject(['consent', [{ users: 8, returned: [] }]]);
});

test.each([
  ['journey?direction=up', 'direction'],
  ['journey?depth=0', 'depth'],
  ['journey?depth=7', 'depth'],
  ['journey?share=3', 'share'],
  [`journey?route=${'x'.repeat(513)}`, 'route'],
  ['funnel', 'step'],
  ['funnel?step=view:/', 'step'],
  [`funnel?${'step=view:/&'.repeat(9)}`, 'step'],
  ['funnel?step=view:/&step=shoe:7', 'step'],
  ['funnel?step=view:/&step=view:', 'step'],
  ['funnel?step=view:/&step=/cart', 'step'],
  [`funnel?step=view:/&step=view:${'x'.repeat(513)}`, 'step'],
  ['funnel?step=view:/&step=view:/a&window=0', 'window'],
  ['funnel?step=view:/&step=view:/a&window=1e3', 'window'],
  ['funnel?step=view:/&step=view:/a&dimension=shoe', 'dimension'],
  ['goals', 'goal'],
  ['impact', 'goal'],
  ['impact?goal=view:/&goal=view:/cart', 'goal'],
  ['impact?goal=view:/&metric=fid', 'metric'],
  [`goals?${'goal=view:/&'.repeat(5)}`, 'goal'],
  ['retention?range=1y', 'range'],
])('/admin/%s is refused by name', async (path, parameter) => {
  const { send } = await startServer();
  const response = await send(`/admin/${path}`);
  expect([response.status, (await response.json()).parameter]).toEqual([400, parameter]);
});
