import { expect, test } from 'vitest';
import { batch, NOON, startServer, type TestServer, view } from '../../testing/rumServer.js';
import { ADMIN_PATHS } from '../api.js';

const MINUTE = 60_000;
const HOSTILE = '"><img src=x onerror=alert(1)>=1+1‮🛒';

function change({ send }: TestServer, path: string, body: unknown): Promise<Response> {
  return send(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  });
}

async function read<T>({ send }: TestServer, path: string): Promise<T> {
  return (await send(path)).json();
}

test('a page is saved under a name with what was asked, listed by name, and removed', async () => {
  const server = await startServer();
  const save = (name: string, page = '/vitals/lcp', search = '?range=7d&filter=country:DE&tz=utc') =>
    change(server, ADMIN_PATHS.savedViews, { do: 'save', name, page, search });
  const first = await (await save(' Slow Germany ')).json();
  await save('Afternoons', '/pages/%2Fproduct%2F%5Bid%5D', '');
  await save(HOSTILE, '');
  const { views } = await read<{ views: { name: string }[] }>(server, ADMIN_PATHS.savedViews);
  expect(views.map(({ name }) => name)).toEqual([HOSTILE, 'Afternoons', 'Slow Germany']);
  expect(views[2]).toEqual({
    id: first.id,
    name: 'Slow Germany',
    page: '/vitals/lcp',
    search: '?range=7d&filter=country:DE&tz=utc',
    savedAt: NOON,
  });

  const removed = await change(server, ADMIN_PATHS.savedViews, { do: 'remove', id: first.id });
  expect(await removed.json()).toEqual({ id: first.id, revision: 0 });
  expect((await change(server, ADMIN_PATHS.savedViews, { do: 'remove', id: first.id })).status).toBe(404);
  const { changes } = await read<{ changes: unknown[] }>(server, ADMIN_PATHS.changes);
  expect(changes[0]).toEqual({
    at: NOON,
    role: 'admin',
    name: '',
    action: 'view.remove',
    subject: 'Slow Germany',
  });
  expect(changes).toHaveLength(4);
});

test.each([
  ['name', { name: '' }],
  ['name', { name: '   ' }],
  ['name', { name: 'x'.repeat(81) }],
  ['name', { name: 'a\0' }],
  ['name', { name: 7 }],
  ['page', { page: '//evil.example' }],
  ['page', { page: 'vitals' }],
  ['page', { page: '/../..' }],
  ['page', { page: '/vitals/./lcp' }],
  ['page', { page: '/a b' }],
  ['page', { page: '/a?b' }],
  ['page', { page: `/${'x'.repeat(1000)}` }],
  ['search', { search: 'x'.repeat(8001) }],
  ['range', { search: '?range=99y' }],
  ['filter', { search: '?filter=nothing:DE' }],
  ['do', { do: 'destroy' }],
  ['body', { more: 1 }],
])('a saved view with a wrong %s is refused: %o', async (parameter, part) => {
  const server = await startServer();
  const good = { do: 'save', name: 'a', page: '', search: '' };
  const refused = await change(server, ADMIN_PATHS.savedViews, { ...good, ...part });
  expect([refused.status, (await refused.json()).parameter]).toEqual([400, parameter]);
  expect(await server.store.saved('default', 'view')).toEqual([]);
});

test('notes and new releases of a range are told, whatever the filters', async () => {
  const server = await startServer();
  await server.post(
    batch({
      release: '2.0',
      views: [view({ startedAt: NOON - 90 * MINUTE }), view({ startedAt: NOON - 30 * MINUTE })],
    }),
  );
  const note = (at: number, text: string) => change(server, ADMIN_PATHS.notes, { do: 'save', at, text });
  await note(NOON - 2 * MINUTE, HOSTILE);
  const early = await (await note(NOON - 60 * MINUTE, 'Sale began')).json();
  await note(NOON - 48 * 60 * MINUTE, 'Long ago');

  const told = await read<object>(server, `${ADMIN_PATHS.markers}?filter=country:FR`);
  expect(told).toMatchObject({
    releases: [{ release: '2.0', at: NOON - 90 * MINUTE }],
    notes: [
      { id: early.id, at: NOON - 60 * MINUTE, text: 'Sale began' },
      { at: NOON - 2 * MINUTE, text: HOSTILE },
    ],
  });
  await change(server, ADMIN_PATHS.notes, { do: 'remove', id: early.id });
  expect(await read<{ notes: unknown[] }>(server, `${ADMIN_PATHS.markers}?range=7d`)).toMatchObject({
    notes: [{ text: 'Long ago' }, { text: HOSTILE }],
  });
});

test.each([
  ['at', { at: -1 }],
  ['at', { at: 1.5 }],
  ['at', { at: 8.64e15 + 1 }],
  ['text', { text: '' }],
  ['text', { text: 'x'.repeat(301) }],
  ['text', { text: '\ud800' }],
])('a note with a wrong %s is refused: %o', async (parameter, part) => {
  const server = await startServer();
  const refused = await change(server, ADMIN_PATHS.notes, { do: 'save', at: NOON, text: 'a', ...part });
  expect([refused.status, (await refused.json()).parameter]).toEqual([400, parameter]);
});

test('who changed something is told as authorize names them, and comes as a file without formulas', async () => {
  const authorize = () => ({ role: 'admin', name: '=cmd|ada' }) as const;
  const server = await startServer({ config: { authorize } });
  await change(server, ADMIN_PATHS.notes, { do: 'save', at: NOON, text: '+1' });
  expect(await read(server, ADMIN_PATHS.changes)).toEqual({
    changes: [{ at: NOON, role: 'admin', name: '=cmd|ada', action: 'note.save', subject: '+1' }],
    truncated: false,
  });
  const csv = await (await server.send(`${ADMIN_PATHS.changes}?format=csv`)).text();
  expect(csv.split('\r\n').slice(0, 2)).toEqual([
    'at,role,name,action,subject',
    `${NOON},admin,'=cmd|ada,note.save,'+1`,
  ]);
});
