import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { parseDatabaseUrl } from '../databaseUrl.js';
import { migrate } from '../migrate/migrate.js';
import { connect } from '../prisma/connect.js';
import { toStoreError } from '../prisma/databaseFailure.js';
import { DIALECTS } from '../prisma/dialect.js';
import { readSince } from '../prisma/rollup/knowledge.js';
import { execute, queryRows, sql } from '../prisma/sql.js';
import { EVENT_TABLE, VIEW_TABLE } from '../prisma/tables.js';
import { insert } from '../prisma/writes.js';
import { copyRows, countRows, type RowCounts, type Side } from './copyRows.js';
import {
  CHANGES,
  COUNTS,
  copyTable,
  DEAD_LETTERS,
  INCIDENTS,
  LABELS,
  NOTICES,
  ROLLUPS,
  SAVED,
  WATCHES,
} from './copyTable.js';
import { partitionCopies } from './partitionCopies.js';

export type CopiedKind = 'views' | 'events';

export interface CopyOptions {
  /** `file:` or `postgresql:` URL of the database with the rows. Only tables that are missing are made in it. */
  readonly from: string;
  /** Of the database that they are to be in. */
  readonly to: string;
  /** Called after each piece of a table, `total` being its rows in the source when it began. */
  readonly onProgress: (kind: CopiedKind, counts: RowCounts & { readonly total: number }) => void;
}

/** What was copied; each checksum is SHA-256 over the rows, as both databases have them. */
export type CopyResult = {
  readonly [kind in CopiedKind]: RowCounts & { readonly checksum: string };
} & {
  /** Rollups of a time of which there are no raw rows any more. All others are made anew in the target. */
  readonly rollups: RowCounts & { readonly checksum: string };
  /** Rows that a database refused, labels that were admitted, and what was counted of what came in. */
  readonly deadLetters: RowCounts & { readonly checksum: string };
  readonly labels: RowCounts & { readonly checksum: string };
  readonly counts: RowCounts & { readonly checksum: string };
  /** What the team keeps in the admin, and who changed it. */
  readonly saved: RowCounts & { readonly checksum: string };
  readonly changes: RowCounts & { readonly checksum: string };
  /** How far apps are watched, and what was found. */
  readonly watches: RowCounts & { readonly checksum: string };
  readonly incidents: RowCounts & { readonly checksum: string };
  /** What somebody was, or is to be, told. */
  readonly notices: RowCounts & { readonly checksum: string };
};

/**
 * Copies everything that was measured from one database into another, of the same or another kind. May be broken off and
 * run again; rows that are in the target already are compared and left alone.
 *
 * @throws {StoreError} when a database cannot be used; Error when a row came out other than it went in.
 */
export async function copyDatabase({ from, to, onProgress }: CopyOptions): Promise<CopyResult> {
  const source = parseDatabaseUrl(from);
  parseDatabaseUrl(to);
  // Opening it would make it, and an empty copy would look like a success.
  if (source.provider === 'sqlite' && !existsSync(source.path)) {
    throw new Error(`RUM: there is no database file ${source.path} — give the path of the one to copy from`);
  }
  await migrate(from);
  await migrate(to);
  return await copyAll(await openSide(from), await openSide(to), onProgress);
}

async function copyAll(
  source: Side,
  target: Side,
  onProgress: CopyOptions['onProgress'],
): Promise<CopyResult> {
  const writer = randomUUID();
  try {
    await copySalts(source, target);
    await partitionCopies(source, target, Date.now());
    // Before the raw rows: what they would mark of an earlier time is not to be counted from what is left of it.
    const rollups = await copyOldRollups(source, target);
    const total = {
      views: await countRows(source, VIEW_TABLE),
      events: await countRows(source, EVENT_TABLE),
    };
    const views = await copyRows(
      source,
      target,
      VIEW_TABLE,
      async (rows) => {
        await insert(target.client, target.dialect, writer, { views: rows, events: [] });
      },
      (counts) => onProgress('views', { ...counts, total: total.views }),
    );
    const events = await copyRows(
      source,
      target,
      EVENT_TABLE,
      async (rows) => {
        await insert(target.client, target.dialect, writer, { views: [], events: rows });
      },
      (counts) => onProgress('events', { ...counts, total: total.events }),
    );
    return {
      views,
      events,
      rollups,
      deadLetters: await copyTable(source, target, DEAD_LETTERS),
      labels: await copyTable(source, target, LABELS),
      counts: await copyTable(source, target, COUNTS),
      saved: await copyTable(source, target, SAVED),
      changes: await copyTable(source, target, CHANGES),
      watches: await copyTable(source, target, WATCHES),
      incidents: await copyTable(source, target, INCIDENTS),
      notices: await copyTable(source, target, NOTICES),
    };
  } catch (error) {
    throw error instanceof Error && error.message.startsWith('RUM: ') ? error : toStoreError(error);
  } finally {
    await Promise.all([source.client.$disconnect(), target.client.$disconnect()]);
  }
}

async function openSide(url: string): Promise<Side> {
  const database = parseDatabaseUrl(url);
  return { client: await connect(database, 'migrate'), dialect: DIALECTS[database.provider] };
}

/** So that a visitor of today stays the same one. */
async function copySalts(source: Side, target: Side): Promise<void> {
  const salts = await queryRows<{ day: string; secret: string }>(
    source.client,
    sql`SELECT day, secret FROM rum_salt`,
  );
  for (const { day, secret } of salts) {
    await execute(
      target.client,
      sql`INSERT INTO rum_salt (day, secret) VALUES (${day}, ${secret}) ON CONFLICT (day) DO NOTHING`,
    );
  }
}

/** Rollups of which the source has no raw rows any more. What the source no longer has, the target is not to count anew. */
async function copyOldRollups(
  source: Side,
  target: Side,
): Promise<RowCounts & { readonly checksum: string }> {
  const since = await readSince(source.client);
  for (const [kind, time] of Object.entries(since)) {
    await execute(
      target.client,
      sql`INSERT INTO rum_retained (kind, since) VALUES (${kind}, ${BigInt(time)})
        ON CONFLICT (kind) DO UPDATE SET since = excluded.since WHERE rum_retained.since < excluded.since`,
    );
  }
  return copyTable(source, target, ROLLUPS, sql`bucket < ${BigInt(since.raw)}`);
}
