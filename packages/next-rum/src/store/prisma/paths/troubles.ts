import { queryList } from '../rollup/rawReads.js';
import type { Span } from '../rollup/rawSpans.js';
import type { Source } from '../rollup/rollupCells.js';
import { sql } from '../sql.js';

/** What went wrong in a view. */
export interface Troubles {
  /** Error events. */
  errors: number;
  /** Actions that frustrated. */
  frustrations: number;
}

/** Adds what went wrong in a span of time to what is known of views, by their ids. */
export async function addTroubles(
  { client, dialect }: Source,
  app: string,
  { begins, ends }: Span,
  known: Map<string, Troubles>,
): Promise<void> {
  // A quote within the JSON of an event is escaped, so that no text of a page can look like the field.
  const rows = await queryList<readonly [viewId: string, errors: number, frustrations: number]>(
    client,
    dialect,
    sql`view_id, errors, frustrations`,
    sql`FROM (
      SELECT view_id, count(CASE WHEN type = 'error' THEN 1 END) AS errors,
        count(CASE WHEN type = 'action' THEN 1 END) AS frustrations
      FROM rum_event
      WHERE app = ${app} AND occurred_at >= ${BigInt(begins)} AND occurred_at < ${BigInt(ends)}
        AND type IN ('error', 'action') AND (type = 'error' OR data LIKE '%"frustrations":["%')
      GROUP BY view_id
    ) AS troubles`,
  );
  for (const [viewId, errors, frustrations] of rows) {
    const troubles = known.get(viewId) ?? { errors: 0, frustrations: 0 };
    troubles.errors += errors;
    troubles.frustrations += frustrations;
    known.set(viewId, troubles);
  }
}
