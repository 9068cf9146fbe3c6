import type { SqlClient } from '../client.js';
import type { Dialect } from '../dialect.js';
import { queryList } from '../rollup/rawReads.js';
import type { Span } from '../rollup/rawSpans.js';
import { type Sql, sql } from '../sql.js';

/** An error event as it is stored, as far as it is read. */
export interface StoredError {
  readonly id: string;
  readonly viewId: string;
  readonly occurredAt: number;
  readonly visitor: string;
  readonly route: string;
  readonly name: string;
  /** JSON text. */
  readonly data: string | null;
}

type ErrorTuple = readonly [string, string, number, string, string, string, string | null];

/** Events of one statement: with their stacks some megabytes, and not so many that one statement holds everybody up. */
const CHUNK = 1000;

/**
 * The error events of a span, the latest first, in chunks.
 *
 * @param ids `AND` and what is true of their ids, where that is known.
 */
export async function* readErrors(
  { client, dialect }: { readonly client: SqlClient; readonly dialect: Dialect },
  app: string,
  { begins, ends }: Span,
  ids: Sql = sql``,
): AsyncGenerator<readonly StoredError[]> {
  const id = sql`id ${dialect.byCodePoints}`;
  let before = sql`occurred_at < ${BigInt(ends)}`;
  for (;;) {
    const rows = await queryList<ErrorTuple>(
      client,
      dialect,
      sql`id, view_id, occurred_at, visitor, route, name, data`,
      sql`FROM (
        SELECT id, view_id, occurred_at, visitor, route, name, data FROM rum_event
        WHERE app = ${app} AND type = 'error' AND occurred_at >= ${BigInt(begins)} AND ${before} ${ids}
        ORDER BY occurred_at DESC, ${id} DESC LIMIT ${BigInt(CHUNK)}
      ) AS errors`,
    );
    const errors = rows.map(toStoredError).sort(latestFirst);
    if (errors.length > 0) yield errors;
    const last = errors.at(-1);
    if (errors.length < CHUNK || last === undefined) return;
    const at = BigInt(last.occurredAt);
    before = sql`occurred_at <= ${at} AND (occurred_at < ${at} OR ${id} < ${last.id})`;
  }
}

function toStoredError([id, viewId, occurredAt, visitor, route, name, data]: ErrorTuple): StoredError {
  return { id, viewId, occurredAt, visitor, route, name, data };
}

export function latestFirst(
  a: Pick<StoredError, 'id' | 'occurredAt'>,
  b: Pick<StoredError, 'id' | 'occurredAt'>,
): number {
  return b.occurredAt - a.occurredAt || (a.id < b.id ? 1 : -1);
}
