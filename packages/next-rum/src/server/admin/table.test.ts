import { describe, expect, test } from 'vitest';
import { makeEvent } from '../../testing/rows.js';
import { NOON, startServer } from '../../testing/rumServer.js';
import { latestColumns } from './sampleColumns.js';
import { table } from './table.js';

const ROWS = [
  { name: 'a', n: 2 },
  { name: 'b', n: 1 },
];
const LATEST = { since: 1000, complete: false };

async function filesOf(...[body, columns]: [Parameters<typeof table>[2], Parameters<typeof table>[4]?]) {
  const read = (format: string) =>
    table(new URLSearchParams({ format }), 'things', body, ROWS, columns).text();
  const [head = '', ...cells] = (await read('csv')).trimEnd().split('\r\n');
  const rows: readonly object[] = (await read('ndjson'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(Object.keys(rows[0] ?? {}).join(',')).toBe(head);
  return { head, cells, rows };
}

describe('each row of a file says of how many it is', () => {
  test.each([
    ['a sample of events', { told: { ...LATEST, events: 3000, of: 16_946 } }, '3000,16946,1000,'],
    ['the latest events', { told: { ...LATEST, events: 3000, of: null } }, '3000,,1000,'],
    ['a sample of views', { seen: { ...LATEST, views: 4519, of: 45_192 } }, '4519,45192,1000,'],
    [
      'the latest errors of all',
      { oneIn: 1, events: 4000, told: { ...LATEST, events: 600 } },
      '600,4000,1000,',
    ],
    ['one error in eight', { oneIn: 8, events: 4000, told: { ...LATEST, events: 600 } }, '600,4000,1000,8'],
    ['one view in four', { oneIn: 4 }, ',,,4'],
  ])('%s', async (_what, body, cells) => {
    const files = await filesOf(body);
    expect(files.head).toBe('name,n,sampled,sampledOf,sampledSince,oneIn');
    expect(files.cells).toEqual([`a,2,${cells}`, `b,1,${cells}`]);
  });

  test('what is told from the latest alone, of nobody knows how many', async () => {
    const { rows } = await filesOf({}, latestColumns(1000));
    expect(rows[1]).toEqual({
      ...ROWS[1],
      sampled: null,
      sampledOf: null,
      sampledSince: 1000,
      oneIn: null,
    });
  });

  test.each([
    ['events', { oneIn: 1, told: { events: 3, since: 0, complete: true, of: 3 } }],
    ['views', { seen: { views: 3, since: 0, complete: true, of: 3 } }],
    ['values', { told: null }],
    ['anything', {}],
  ])('but not where it is of all %s', async (_what, body) => {
    expect(await filesOf(body)).toEqual({ head: 'name,n', cells: ['a,2', 'b,1'], rows: ROWS });
  });
});

test('the answer itself says it once', async () => {
  const body = { told: { ...LATEST, events: 3000, of: null }, rows: ROWS };
  expect(await table(new URLSearchParams(), 'things', body, ROWS).json()).toEqual(body);
});

test('errors say of how many their visitors and routes are', async () => {
  const { store, send } = await startServer();
  const events = Array.from({ length: 700 }, (_, index) =>
    makeEvent(index, {
      app: 'default',
      type: 'error',
      name: 'Error',
      visitor: `visitor ${index}`,
      occurredAt: NOON - 700 + index,
      data: JSON.stringify({ message: 'no lamp' }),
    }),
  );
  await store.insert({ views: [], events });
  const file = await (await send('/admin/errors?format=ndjson')).text();
  expect(JSON.parse(file)).toMatchObject({
    events: 700,
    visitors: 600,
    sampled: 600,
    sampledOf: 700,
    sampledSince: NOON - 600,
    oneIn: null,
  });
});
