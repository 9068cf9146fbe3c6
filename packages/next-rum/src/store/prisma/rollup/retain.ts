import { DIMENSIONS } from '../../rollup/cells.js';
import { bucketOf, type Grain } from '../../rollup/grains.js';
import { DEFAULT_RETENTION, type JobOptions, type RetainResult, type Retention } from '../../store.js';
import { appsOf } from '../apps.js';
import type { SqlClient } from '../client.js';
import { deleteRows } from '../deleteRows.js';
import type { Dialect } from '../dialect.js';
import { dropPartitions } from '../partitions/dropPartitions.js';
import { makePartitions } from '../partitions/makePartitions.js';
import { RAW_KINDS, RAW_TABLES } from '../rawTables.js';
import { constantSql, execute, joinSql, queryRows, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { deleteIncidents } from '../watch/incidentRows.js';
import { deleteNotices } from '../watch/noticeRows.js';
import { asJob, type Lease } from './jobs.js';
import { readSince, type Since } from './knowledge.js';
import { SESSION_GAP } from './rawReads.js';

const MAX_ROWS = 5000;
/** ms */
const TRANSACTION = { maxWait: 5000, timeout: 60_000 };

/** @see {@link RumStore.retain} */
export async function retain(
  { client, dialect }: { readonly client: SqlClient; readonly dialect: Dialect },
  { now, retention = DEFAULT_RETENTION }: JobOptions,
): Promise<RetainResult> {
  await makePartitions({ client, dialect }, now, retention.raw);
  const done = await asJob(client, 'retention', now, async (lease) => {
    const since = await advance(client, now(), retention);
    const counts = { views: 0, events: 0, rollups: 0 };
    // Whoever was in its last half hour has not begun a new session after it.
    const before = since.raw - SESSION_GAP;
    for (const kind of RAW_KINDS) {
      const { name, time } = RAW_TABLES[kind];
      counts[kind] += await dropPartitions({ client, dialect, lease }, kind, before);
      for (const app of await appsOf(client, name)) {
        const which = sql`${constantSql(time)} < ${BigInt(before)}`;
        // Mostly there is none, which one statement tells, where deleting takes one a partition.
        const old = sql`SELECT 1 AS found FROM ${constantSql(name)} WHERE app = ${app} AND ${which} LIMIT 1`;
        if ((await queryRows(client, old)).length === 0) continue;
        counts[kind] += await deleteRows(client, dialect, { kind, app, which }, null, lease.renew);
      }
    }
    for (const app of await appsOf(client, 'rum_rollup')) {
      for (const grain of ['minute', 'hour', 'day'] as const) {
        counts.rollups += await deleteRollups(client, lease, app, grain, since[grain]);
      }
    }
    await deleteIncidents(client, since.day);
    await deleteNotices(client, since.day);
    if (counts.views + counts.events + counts.rollups > 0) await giveSpaceBack(client);
    return counts;
  });
  return done === null ? { kind: 'busy' } : { kind: 'done', ...done };
}

/**
 * Moves the times from which on rows are complete, before any row is deleted, so that no reader relies on what is about to
 * go. Raw rows stay as long as there are some of that time that are not counted yet.
 */
async function advance(client: SqlClient, now: number, retention: Retention): Promise<Since> {
  const before = await readSince(client);
  const [oldest] = await queryRows<StoredRow>(
    client,
    sql`SELECT min(bucket) AS bucket FROM rum_dirty WHERE bucket >= ${BigInt(before.raw)}`,
  );
  const uncounted = oldest?.bucket ?? null;
  const raw = bucketOf(
    Math.max(0, Math.min(now - retention.raw, uncounted === null ? now : Number(uncounted))),
    'day',
  );
  const kept = {
    raw,
    minute: bucketOf(Math.max(0, now - retention.minute), 'hour'),
    hour: Math.min(raw, bucketOf(Math.max(0, now - retention.hour), 'day')),
    day: bucketOf(Math.max(0, now - Math.max(retention.day, retention.hour)), 'day'),
  };
  for (const [kind, since] of Object.entries(kept)) {
    await execute(
      client,
      sql`INSERT INTO rum_retained (kind, since) VALUES (${kind}, ${BigInt(since)})
        ON CONFLICT (kind) DO UPDATE SET since = excluded.since WHERE rum_retained.since < excluded.since`,
    );
  }
  return readSince(client);
}

async function deleteRollups(
  client: SqlClient,
  lease: Lease,
  app: string,
  grain: Grain,
  before: number,
): Promise<number> {
  const names = joinSql(
    DIMENSIONS.map((dimension) => sql`${dimension}`),
    ', ',
  );
  for (let deleted = 0; ; ) {
    const count = await client.$transaction(async (transaction) => {
      await lease.renew(transaction);
      return execute(
        transaction,
        sql`DELETE FROM rum_rollup WHERE (app, grain, dimension, bucket, value) IN (
          SELECT app, grain, dimension, bucket, value FROM rum_rollup
          WHERE app = ${app} AND grain = ${grain} AND dimension IN (${names}) AND bucket < ${BigInt(before)}
          LIMIT ${BigInt(MAX_ROWS)}
        )`,
      );
    }, TRANSACTION);
    deleted += count;
    if (count < MAX_ROWS) return deleted;
  }
}

/** Piece by piece, so that writers have their turn. */
async function giveSpaceBack(client: SqlClient): Promise<void> {
  if (client.$giveSpaceBack === undefined) return;
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    const [row] = await queryRows<StoredRow>(client, sql`PRAGMA freelist_count`);
    const free = Number(row?.freelist_count ?? 0);
    // The file of an earlier version keeps its free pages, and fills them again.
    if (free === 0 || free >= before) return;
    before = free;
    await client.$giveSpaceBack();
  }
}
