import { describe, expect, test } from 'vitest';
import { openSource, PROVIDERS } from '../../testing/openSource.js';
import { makeEvent, makeView, NOON } from '../../testing/rows.js';
import type { SqlClient, SqlRunner } from './client.js';
import { deleteRows } from './deleteRows.js';
import { erase } from './erase.js';
import { queryRows, sql } from './sql.js';

const DAY = 86_400_000;

describe.each(PROVIDERS)('erasing on %s', (provider) => {
  test('holds no lock while it looks for rows', async () => {
    const views = Array.from({ length: 12_000 }, (_, number) =>
      makeView(number, { visitor: number % 2000 === 7 ? 'a' : `visitor ${number}` }),
    );
    const source = await openSource(provider, { views, events: [makeEvent(1)] });
    const { client, locked } = watched(source.client);
    const take = (visitor: string): Promise<number> =>
      deleteRows(
        client,
        source.dialect,
        { kind: 'views', app: 'shop', which: { where: sql`visitor = ${visitor}` } },
        'me',
      );

    expect(await take('nobody')).toBe(0);
    expect(locked).toEqual([]);

    expect(await take('a')).toBe(6);
    // The rows were found before, so each transaction is handed their keys.
    expect(locked.filter(({ text }) => text.startsWith('DELETE'))).toEqual([
      { text: expect.stringMatching(/app, id\) IN|id = ANY/), rows: 6, keys: 6 },
    ]);
  });

  test('passes more rows than one statement may look at, and takes at most 5,000 at a time', async () => {
    const views = Array.from({ length: 45_000 }, (_, number) =>
      makeView(number, { sample: number % 4 === 0, attribution: null }),
    );
    const source = await openSource(provider, { views });
    const { client, locked } = watched(source.client);

    expect(await erase({ ...source, client, writer: 'me' }, { app: 'shop', sample: true })).toEqual({
      views: 11_250,
      events: 0,
    });
    const sizes = locked
      .filter(({ text }) => text.startsWith('DELETE FROM rum_view'))
      .map(({ rows }) => rows);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(11_250);
    const [left] = await queryRows<{ n: bigint }>(client, sql`SELECT count(*) AS n FROM rum_view`);
    expect(Number(left?.n)).toBe(33_750);
  }, 120_000);

  test('takes rollups at most 5,000 at a time', async () => {
    // Each in a minute of its own, with a route of its own: two rows of minutes a view, and more of hours.
    const views = Array.from({ length: 3000 }, (_, number) =>
      makeView(number, { startedAt: NOON + number * 60_000, route: `/${number}` }),
    );
    const source = await openSource(provider, { views, rolledUpAt: NOON + 4 * DAY });
    const { client, locked } = watched(source.client);
    const countRollups = async (): Promise<number> =>
      Number((await queryRows<{ n: bigint }>(client, sql`SELECT count(*) AS n FROM rum_rollup`))[0]?.n);
    expect(await countRollups()).toBeGreaterThan(6000);

    await erase({ ...source, client, writer: 'me' }, { app: 'shop', before: NOON + 10 * DAY });

    expect(await countRollups()).toBe(0);
    const sizes = locked.filter(({ text }) => text.includes('rum_rollup')).map(({ rows }) => rows);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5000);
  }, 60_000);
});

interface Locked {
  readonly text: string;
  /** That it changed, or gave back. */
  readonly rows: number;
  /** That it was handed. */
  readonly keys: number;
}

/** A client that writes down each statement that may hold a lock: those of its transactions, and those that change rows. */
function watched(client: SqlClient): { readonly client: SqlClient; readonly locked: readonly Locked[] } {
  const locked: Locked[] = [];
  const note = (query: TemplateStringsArray, values: readonly unknown[], rows: number): void => {
    const text = query.join('?').trim();
    const ids = values.find((value) => typeof value === 'string' && /^[[{]/.test(value));
    locked.push({ text, rows, keys: typeof ids === 'string' ? ids.split(',').length : 0 });
  };
  const execute = async (
    runner: SqlRunner,
    query: TemplateStringsArray,
    values: unknown[],
  ): Promise<number> => {
    const rows = await runner.$executeRaw(query, ...values);
    note(query, values, rows);
    return rows;
  };
  const within = (runner: SqlRunner): SqlRunner => ({
    $executeRaw: (query, ...values) => execute(runner, query, values),
    $queryRaw: async <T>(query: TemplateStringsArray, ...values: unknown[]) => {
      const rows = await runner.$queryRaw<T>(query, ...values);
      note(query, values, Array.isArray(rows) ? rows.length : 0);
      return rows;
    },
  });
  return {
    locked,
    client: {
      $queryRaw: (query, ...values) => client.$queryRaw(query, ...values),
      $executeRaw: (query, ...values) => execute(client, query, values),
      $transaction: (run, options) => client.$transaction((transaction) => run(within(transaction)), options),
      $disconnect: () => client.$disconnect(),
    },
  };
}
