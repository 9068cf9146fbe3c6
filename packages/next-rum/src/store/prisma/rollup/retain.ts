import { DEFAULT_RETENTION, type JobOptions, type RetainResult, type Retention } from '../../jobStore.js';
import { bucketOf } from '../../rollup/grains.js';
import { appsOf } from '../apps.js';
import type { SqlClient } from '../client.js';
import { forgetSalts } from '../dailySalt.js';
import { forgetDeadLetters } from '../deadLetters.js';
import { deleteRows } from '../deleteRows.js';
import type { Dialect } from '../dialect.js';
import { giveSpaceBack } from '../giveSpaceBack.js';
import { forgetCounts } from '../ingestCounts.js';
import { forgetLabels } from '../labels.js';
import { dropPartitions } from '../partitions/dropPartitions.js';
import { makePartitions } from '../partitions/makePartitions.js';
import { RAW_KINDS, RAW_TABLES } from '../rawTables.js';
import { constantSql, execute, queryRows, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { deleteIncidents } from '../watch/incidentRows.js';
import { deleteNotices } from '../watch/noticeRows.js';
import { deleteRollups } from './deleteRollups.js';
import { asJob } from './jobs.js';
import { readSince, type Since } from './knowledge.js';
import { SESSION_GAP } from './rawReads.js';

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
        counts[kind] += await deleteRows(
          client,
          dialect,
          { kind, app, which: { before } },
          null,
          lease.renew,
        );
      }
    }
    for (const app of await appsOf(client, 'rum_rollup')) {
      for (const grain of ['minute', 'hour', 'day'] as const) {
        counts.rollups += await deleteRollups(client, { app, grain, before: since[grain] }, lease.renew);
      }
    }
    await deleteIncidents(client, since.day);
    await deleteNotices(client, since.day);
    // Whoever writes such rows forgets the old ones too, but an app that nobody comes to any more writes none.
    await forgetDeadLetters(client, now());
    await forgetSalts(client, now());
    await forgetLabels(client, now());
    await forgetCounts(client, now());
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
