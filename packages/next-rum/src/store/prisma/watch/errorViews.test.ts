import { expect, onTestFinished, test } from 'vitest';
import { segmentKey } from '../../../analysis/detectors/segment.js';
import { makeEvent, makeView, NOON } from '../../../testing/rows.js';
import { makePostgresClient } from '../../../testing/storeClients.js';
import { createTestDatabase } from '../../../testing/testDatabase.js';
import { openStore } from '../../openStore.js';
import { DIALECTS } from '../dialect.js';
import { createReadMemory } from '../rollup/readMemory.js';
import { readErrorViews } from './errorViews.js';

const HOUR = 3_600_000;

test('PostgreSQL finds views by their ids where it has counted none of their time', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const store = await openStore(database.url);
  await store.insert({
    views: [makeView(1)],
    events: [makeEvent(1, { type: 'error', viewId: makeView(1).id })],
  });
  await store.close();
  const copies = async (table: 'rum_view' | 'rum_event', app: string, set: string): Promise<void> => {
    await database.query(
      `INSERT INTO ${table} SELECT (jsonb_populate_record(${table}, jsonb_build_object('app', '${app}',
        'id', left(id, 24) || lpad(n::text, 12, '0'), ${set}))).*
        FROM ${table}, generate_series(2, 20001) AS n WHERE app = 'shop'`,
    );
  };
  await copies('rum_view', 'old', `'started_at', started_at + ${30 * 24 * HOUR}::bigint`);
  await database.query('ANALYZE rum_view');
  await copies('rum_view', 'new', `'started_at', started_at`);
  await copies('rum_event', 'new', `'view_id', left(view_id, 24) || lpad(n::text, 12, '0')`);

  // All views of the hour once for each that failed took a minute, each by its id takes 0.1 s.
  const client = await makePostgresClient(`${database.url}?statement_timeout=4000`);
  const source = { client, dialect: DIALECTS.postgresql, memory: createReadMemory() };
  const hours = await readErrorViews(source, 'new', { from: NOON, to: NOON + HOUR });
  expect([...hours].map(([hour, views]) => [hour, views.get(segmentKey({}))])).toEqual([[NOON, 20_000]]);
}, 60_000);
