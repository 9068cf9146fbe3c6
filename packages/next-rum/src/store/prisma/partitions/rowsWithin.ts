import type { TimeRange } from '../../store.js';
import type { SqlClient } from '../client.js';
import type { Dialect } from '../dialect.js';
import { RAW_TABLES, type RawKind } from '../rawTables.js';
import { constantSql, joinSql, queryRows, type Sql, sql } from '../sql.js';
import { type Column, type StoredRow, toColumns } from '../tables.js';
import { firstIdOf, idRangesOf } from './idRanges.js';
import { readPartitions } from './partitions.js';

/** Where the rows of a range are. */
export interface RowsWithin {
  /** `AND` and what is true of the ids of all rows between two moments, epoch ms, so that other partitions are left out. */
  ids(from: number, to: number): Sql;
  /** Before which there is no row from a moment on, epoch ms; null where there is none at all. */
  next(from: number): Promise<number | null>;
  /** After which there is no row up to a moment, epoch ms; null where there is none at all. */
  last(to: number): Promise<number | null>;
}

const ID_SPANS: { readonly columns: readonly Column[] } = {
  columns: toColumns<{ readonly place: number; readonly begins: string; readonly ends: string }>({
    place: 'bigint',
    begins: 'text',
    ends: 'text',
  }),
};

/**
 * Asks each partition for its first and last row of a range. An id begins with a time that a browser's clock told, and which says
 * nothing of the time that the row has after all; only the partitions themselves know, and only for this moment: what is
 * committed later may be left out, as by any read that began before it.
 */
export async function rowsWithin(
  { client, dialect }: { readonly client: SqlClient; readonly dialect: Dialect },
  kind: RawKind,
  { app, from, to }: TimeRange,
): Promise<RowsWithin> {
  const table = constantSql(RAW_TABLES[kind].name);
  const time = constantSql(RAW_TABLES[kind].time);
  const ranges = idRangesOf(await readPartitions(client, dialect, kind), sql`${table}.id`);
  const within = (begins: number, ends: number): Sql =>
    sql`app = ${app} AND ${time} >= ${BigInt(Math.ceil(begins))} AND ${time} < ${BigInt(Math.ceil(ends))}`;
  if (ranges.length === 1) {
    const one = async (of: Sql, begins: number, ends: number): Promise<number | null> => {
      const [row] = await queryRows<StoredRow>(
        client,
        sql`SELECT ${of}(${time}) AS at FROM ${table} WHERE ${within(begins, ends)}`,
      );
      return row === undefined || row.at === null ? null : Number(row.at);
    };
    return {
      ids: () => sql``,
      next: (begins) => one(sql`min`, begins, to),
      last: (ends) => one(sql`max`, from, ends),
    };
  }
  const spans = ranges.flatMap(({ span }, place) =>
    span === null ? [] : [{ place, begins: firstIdOf(span.begins), ends: firstIdOf(span.ends) }],
  );
  const others = ranges.findIndex(({ span }) => span === null);
  const ofSpan = (order: Sql): Sql =>
    sql`(SELECT ${time} FROM ${table} WHERE ${within(from, to)} AND ${table}.id >= begins AND ${table}.id < ends ORDER BY ${time} ${order} LIMIT 1)`;
  // In one statement, and so of one moment: a row may be moved into a new partition meanwhile. It is planned once for all spans:
  // one statement for each of them together took three times as long, nearly all of it to plan.
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT place, ${ofSpan(sql`ASC`)} AS first, ${ofSpan(sql`DESC`)} AS last FROM ${dialect.rowsOf(ID_SPANS, spans)}
      UNION ALL SELECT ${BigInt(others)}, min(${time}), max(${time}) FROM ${table}
      WHERE ${within(from, to)} AND ${ranges[others]?.condition ?? sql`false`}`,
  );
  const filled = rows.flatMap(({ place, first, last }) => {
    const range = ranges[Number(place)];
    return first === null || range === undefined
      ? []
      : [{ first: Number(first), last: Number(last), condition: range.condition }];
  });
  return {
    ids: (begins, ends) => {
      const some = filled.filter(({ first, last }) => first < ends && last >= begins);
      if (some.length === ranges.length) return sql``;
      if (some.length === 0) return sql`AND false`;
      const conditions = some.map(({ condition }) => condition);
      return sql`AND (${joinSql(conditions, ' OR ')})`;
    },
    next: async (begins) => {
      const later = filled.filter(({ last }) => last >= begins);
      return later.length === 0 ? null : Math.max(begins, Math.min(...later.map(({ first }) => first)));
    },
    last: async (ends) => {
      const earlier = filled.filter(({ first }) => first < ends);
      return earlier.length === 0 ? null : Math.min(ends - 1, Math.max(...earlier.map(({ last }) => last)));
    },
  };
}
