import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeEvent, NOON } from '../../../testing/rows.js';
import { connectSqliteForTest, makePostgresClient } from '../../../testing/storeClients.js';
import { createTestDatabase } from '../../../testing/testDatabase.js';
import { openStore } from '../../openStore.js';
import type { EventRow } from '../../rows.js';
import type { SqlClient } from '../client.js';
import { DIALECTS } from '../dialect.js';
import { readEvents } from './readEvents.js';

const DAY = 86_400_000;

/** Of three days, one in three an action. */
const EVENTS: readonly EventRow[] = Array.from({ length: 6000 }, (_, index) =>
  makeEvent(index, {
    type: index % 3 === 0 ? 'action' : 'resource',
    occurredAt: NOON + Math.floor((index * 3 * DAY) / 6000),
  }),
);

test.each(['resource', 'action'] as const)(
  'SQLite goes backwards through the index of times (%s)',
  async (type) => {
    const folder = await mkdtemp(join(tmpdir(), 'rum-latest-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const url = `file:${folder}/rum.db`;
    await fill(url);
    const client = await connectSqliteForTest(url);
    const steps = await plansOf(client, 'EXPLAIN QUERY PLAN ', 'sqlite', type);
    const plan = steps.map(({ detail }) => String(detail));

    expect(plan.filter((step) => step.includes('rum_event'))).toEqual([
      expect.stringMatching(
        /^SEARCH rum_event USING INDEX rum_event_time \(app=\? AND occurred_at>\? AND occurred_at<\?\)$/,
      ),
    ]);
    // Only events of the same moment are put in order.
    const sorts = plan.filter((step) => step.includes('TEMP B-TREE'));
    for (const step of sorts) expect(step).toMatch(/LAST TERM OF ORDER BY|RIGHT PART OF ORDER BY/);
  },
);

test.each(['resource', 'action'] as const)(
  'PostgreSQL goes backwards through the index of times (%s)',
  async (type) => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    await fill(database.url);
    await database.query('ANALYZE rum_event');
    const client = await makePostgresClient(database.url);
    const steps = await plansOf(client, 'EXPLAIN (ANALYZE, TIMING OFF) ', 'postgresql', type);
    const plan = steps.map((step) => String(step['QUERY PLAN'])).join('\n');

    expect(plan).toMatch(/Index Scan Backward/);
    expect(plan).not.toMatch(/Seq Scan|-> +Sort +\(/);
    const read = [...plan.matchAll(/Index Scan[^\n]*actual rows=([\d.]+)/g)].map(([, rows]) => Number(rows));
    expect(read.reduce((sum, rows) => sum + rows, 0)).toBeLessThan(1200);
  },
  60_000,
);

async function fill(url: string): Promise<void> {
  const store = await openStore(url);
  await store.insert({ views: [], events: EVENTS });
  await store.close();
}

async function plansOf(
  client: SqlClient,
  explain: string,
  provider: keyof typeof DIALECTS,
  type: EventRow['type'],
): Promise<readonly { readonly [column: string]: unknown }[]> {
  const plans: { readonly [column: string]: unknown }[] = [];
  const explaining: SqlClient = {
    ...client,
    $queryRaw: async <T>(query: TemplateStringsArray, ...values: unknown[]) => {
      const [start = '', ...rest] = query;
      const texts = [`${explain}${start}`, ...rest];
      plans.push(
        ...(await client.$queryRaw<{ [column: string]: unknown }[]>(
          Object.assign(texts, { raw: texts }),
          ...values,
        )),
      );
      return client.$queryRaw<T>(query, ...values);
    },
  };
  const source = { client: explaining, dialect: DIALECTS[provider] };
  const span = { begins: NOON - DAY, ends: NOON + 4 * DAY };
  await readEvents(source, 'shop', [type], [span]).next();
  return plans;
}
