import type { SqlClient } from '../../packages/next-rum/src/store/prisma/client.js';
import { DIALECTS } from '../../packages/next-rum/src/store/prisma/dialect.js';
import { execute, sql } from '../../packages/next-rum/src/store/prisma/sql.js';
import { EVENT_TABLE, type Table, VIEW_TABLE } from '../../packages/next-rum/src/store/prisma/tables.js';
import type { EventRow, ViewRow } from '../../packages/next-rum/src/store/rows.js';
import { makePrismaClient } from '../../packages/next-rum/src/testing/prismaClients.js';
import { type Provider, withClient, withStore } from './databases.js';
import type { HistoryPart } from './history.js';

/** Rows of one statement, as the store has them. */
const STATEMENT_ROWS = 2000;
/** ms; as often as the jobs run by themselves. */
const MINUTES_EVERY = 15_000;
const HOURS_EVERY = 120_000;

/** Writes the same rows in one way or another to an empty database whose tables are there. Resolves with how long it took, ms. */
export type Writer = (url: string, provider: Provider, parts: readonly HistoryPart[]) => Promise<number>;

/**
 * All that the store does: it looks for what is known, marks what is touched, and counts. The runner comes in between as
 * often as it would at the speed with which the rows happened; at the end everything is counted.
 */
export const writeThroughStore: Writer = (url, _provider, parts) =>
  withStore(url, async (store) => {
    const due = { minute: 0, hour: 0 };
    const began = performance.now();
    let now = 0;
    for (const part of parts) {
      now = Math.max(now, ...part.views.map(({ startedAt }) => startedAt));
      await store.insert(part);
      if (now < due.minute) continue;
      due.minute = now + MINUTES_EVERY;
      const isHour = now >= due.hour;
      if (isHour) due.hour = now + HOURS_EVERY;
      await store.rollUp({ now: () => now, grains: isHour ? ['minute', 'hour'] : ['minute'] });
    }
    await store.rollUp({ now: () => now + 2 * 86_400_000 });
    return performance.now() - began;
  });

/** The least that puts these rows into these tables: no look at what is known, no marks, no counting. */
export const writeBare: Writer = (url, provider, parts) =>
  withClient(url, async (client) => {
    const began = performance.now();
    for (const { views, events } of parts) {
      await client.$transaction(async (transaction) => {
        const write = async <Row extends object>(table: Table<Row>, rows: readonly Row[]): Promise<void> => {
          for (let start = 0; start < rows.length; start += STATEMENT_ROWS) {
            const input = DIALECTS[provider].rowsOf(table, rows.slice(start, start + STATEMENT_ROWS));
            await execute(
              transaction,
              sql`INSERT INTO ${table.name} (${table.columnNames}) SELECT ${table.columnNames} FROM ${input}`,
            );
          }
        };
        await write(VIEW_TABLE, views);
        await write(EVENT_TABLE, events);
      });
    }
    return performance.now() - began;
  });

interface CreateMany<Row> {
  createMany(rows: { readonly data: readonly Row[] }): Promise<{ readonly count: number }>;
}

/** What a Prisma user would write. */
export const writeCreateMany: Writer = async (url, _provider, parts) => {
  // The store's type of a client has no models, since it works with any.
  const client = makePrismaClient(url) as SqlClient & {
    readonly rumView: CreateMany<ViewRow>;
    readonly rumEvent: CreateMany<EventRow>;
  };
  try {
    await client.$queryRaw`SELECT 1`;
    const began = performance.now();
    for (const { views, events } of parts) {
      await client.rumView.createMany({ data: views });
      await client.rumEvent.createMany({ data: events });
    }
    return performance.now() - began;
  } finally {
    await client.$disconnect();
  }
};
