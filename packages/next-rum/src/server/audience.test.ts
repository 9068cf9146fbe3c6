import { expect, test } from 'vitest';
import { batch, NOON, startServer, view } from '../testing/rumServer.js';
import type { OverviewResponse } from './api.js';
import type { Audience } from './question.js';

test('visitors, bots and whoever uses the admin are counted apart', async () => {
  const { post, send } = await startServer();
  await post(batch({ views: [view({ route: '/' }), view({ route: '/cart' })] }));
  await post({ ...batch({ views: [view({ route: '/admin/rum/[[...rum]]' })] }), app: 'default-admin' });
  await post(batch({ views: [view({}), view({}), view({})] }), {
    'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)',
  });
  const viewsOf = async (audience: Audience): Promise<number> => {
    const range = `from=${NOON - 3_600_000}&to=${NOON + 3_600_000}`;
    const answer: OverviewResponse = await (
      await send(`/admin/overview?${range}&audience=${audience}`)
    ).json();
    return answer.totals.views;
  };
  expect([await viewsOf('visitors'), await viewsOf('bots'), await viewsOf('admin')]).toEqual([2, 3, 1]);
});
