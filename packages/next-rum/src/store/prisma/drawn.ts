import type { Drawn } from '../overviewStore.js';
import type { TimeRange } from '../store.js';
import type { SqlClient } from './client.js';
import { startedWithin } from './reads.js';
import { queryRows, sql } from './sql.js';
import type { StoredRow } from './tables.js';

const LATEST = 1000n;

/** @see {@link RumStore.drawn} */
export async function drawn(client: SqlClient, range: TimeRange): Promise<Drawn | null> {
  const [row] = await queryRows<StoredRow>(
    client,
    sql`SELECT min(coalesce(sample_rate, 1)) AS least, max(coalesce(sample_rate, 1)) AS most,
        count(CASE WHEN kept THEN 1 END) AS kept, count(*) AS n
      FROM (SELECT sample_rate, kept FROM rum_view WHERE ${startedWithin(range)} ORDER BY started_at DESC LIMIT ${LATEST}) AS latest`,
  );
  const [least, most] = [Number(row?.least ?? 1), Number(row?.most ?? 1)];
  if (least === 1) return null;
  return { share: [least, most], kept: Number(row?.kept), of: Number(row?.n) };
}
