import { expect, test } from 'vitest';
import { batch, event, HOST, startServer } from '../testing/rumServer.js';
import { createKeyCheck } from './writeKeys.js';

const OLD = 'rum_old_key_0000001';
const NEW = 'rum_new_key_0000002';
const BLOG = 'rum_blog_key_000003';
const KEYS = [{ key: OLD }, { key: NEW }, { key: BLOG, app: 'blog' }];
const RANGE = { app: 'default', from: 0, to: 1e15 };

function request(path = '', headers: Record<string, string> = {}) {
  return new Request(`${HOST}/api/rum/batch${path}`, { method: 'POST', headers });
}

test('every key on the list is let through, from the header or the query', () => {
  const check = createKeyCheck(KEYS, 'default');
  const holders = [OLD, NEW].map((key) => check(request('', { 'x-rum-key': key })));
  expect(holders).toEqual([
    { id: expect.any(String), app: null },
    { id: expect.any(String), app: null },
  ]);
  expect(holders[0]?.id).not.toBe(holders[1]?.id);
  expect(JSON.stringify(holders)).not.toContain(OLD);
  expect(check(request(`?key=${BLOG}`))).toMatchObject({ app: 'blog' });
});

test.each(['', OLD.slice(0, -1), `${OLD}x`, OLD.toUpperCase(), 'x'.repeat(100_000)])(
  'the key %o is none of them',
  (key) => {
    expect(createKeyCheck(KEYS, 'default')(request('', { 'x-rum-key': key }))).toBeNull();
  },
);

test('without keys everyone may post', () => {
  expect(createKeyCheck([], 'default')(request())).toEqual({ id: 'app default', app: null });
});

test('a batch without a valid key is refused before it is read, and rotation lets both keys write', async () => {
  const { send, post, count, lines } = await startServer({ config: { keys: KEYS } });
  const body = () => batch({ events: [event()] });
  const refused = await post(body());
  expect([refused.status, (await refused.json()).error]).toEqual([403, 'key_not_allowed']);
  expect(lines).toHaveLength(1);
  expect((await post(body(), { 'x-rum-key': OLD })).status).toBe(202);
  const beacon = await send(`/batch?key=${NEW}`, { method: 'POST', body: JSON.stringify(body()) });
  expect(beacon.status).toBe(202);
  expect(await count()).toEqual({ views: 0, events: 2 });

  const rotated = await startServer({ config: { keys: [{ key: NEW }] } });
  expect((await rotated.post(body(), { 'x-rum-key': OLD })).status).toBe(403);
  expect((await rotated.post(body(), { 'x-rum-key': NEW })).status).toBe(202);
});

test('what a key of an app sends belongs to that app, whatever it says', async () => {
  const { post, store } = await startServer({ config: { keys: KEYS } });
  await post(batch({ app: 'default', events: [event()] }), { 'x-rum-key': BLOG });
  await post(batch({ app: 'shop', events: [event()] }), { 'x-rum-key': BLOG });
  expect(await store.events(RANGE, 10)).toEqual([]);
  expect(await store.events({ ...RANGE, app: 'blog' }, 10)).toHaveLength(2);
});
