import type { SqlClient } from './client.js';
import { RAW_TABLES, type RawKind } from './rawTables.js';
import { constantSql, queryRows, type Sql, sql } from './sql.js';

/** Rows that one statement looks at, some 0.1 s. */
const MAX_PASSED = 20_000;

/**
 * Cuts the rows of an app into pieces by their ids, for what no index finds: each row is in one piece, and nobody has to look at
 * more than some of them at a time.
 *
 * @param range True of the ids that are to be passed.
 * @returns What is true of the rows of each piece.
 */
export async function* passRows(
  client: SqlClient,
  { kind, app }: { readonly kind: RawKind; readonly app: string },
  range: Sql,
): AsyncGenerator<Sql> {
  const table = constantSql(RAW_TABLES[kind].name);
  for (let after = ''; ; ) {
    const next = sql`app = ${app} AND ${range} AND ${table}.id > ${after}`;
    const [last] = await queryRows<{ readonly id: string }>(
      client,
      sql`SELECT id FROM ${table} WHERE ${next} ORDER BY id LIMIT 1 OFFSET ${BigInt(MAX_PASSED - 1)}`,
    );
    if (last === undefined) {
      yield next;
      return;
    }
    yield sql`${next} AND ${table}.id <= ${last.id}`;
    after = last.id;
  }
}
