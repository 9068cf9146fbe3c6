import type { SqlClient } from './client.js';
import { queryRows, sql } from './sql.js';
import type { StoredRow } from './tables.js';

/** Gives back what deleted rows took of a file, piece by piece, so that writers have their turn. */
export async function giveSpaceBack(client: SqlClient): Promise<void> {
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

/**
 * Moves all changes into the file and makes that of the changes empty, which else keeps old pages until they are written over. Where somebody
 * reads at the moment it stays as it is.
 */
export async function emptyLog(client: SqlClient): Promise<void> {
  if (client.$giveSpaceBack === undefined) return;
  await queryRows(client, sql`PRAGMA wal_checkpoint(TRUNCATE)`);
}
