import { joinSql, type Sql, sql } from '../sql.js';

/** Ids of a span of time by what they say; half-open, epoch ms. */
export interface IdSpan {
  readonly begins: number;
  readonly ends: number;
}

/** The ids of one partition. */
export interface IdRange {
  /** Null for those that no partition is for by name. */
  readonly span: IdSpan | null;
  /** True of exactly these ids. */
  readonly condition: Sql;
}

/** The least UUIDv7 of a moment. Whole, so that it sorts in any collation as it does by code points. */
export function firstIdOf(time: number): string {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** When an id says that it was made, epoch ms. */
export function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/**
 * Cuts all ids by partitions, so that a statement about one of them need not look at the others. Every id is in exactly one
 * range, whatever the spans: partitions that were made or dropped meanwhile cost time, never truth.
 *
 * @param spans In order, none of which overlap.
 * @param id The column.
 */
export function idRangesOf(spans: readonly IdSpan[], id: Sql = sql`id`): readonly IdRange[] {
  return [
    ...spans.map((span) => ({ span, condition: within(span, id) })),
    { span: null, condition: outside(spans, id) },
  ];
}

function within({ begins, ends }: IdSpan, id: Sql): Sql {
  return sql`(${id} >= ${firstIdOf(begins)} AND ${id} < ${firstIdOf(ends)})`;
}

function outside(spans: readonly IdSpan[], id: Sql): Sql {
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return sql`true`;
  const gaps = spans.flatMap(({ ends }, index) => {
    const begins = spans[index + 1]?.begins ?? ends;
    return begins === ends ? [] : [within({ begins: ends, ends: begins }, id)];
  });
  const pieces = [sql`${id} < ${firstIdOf(first.begins)}`, ...gaps, sql`${id} >= ${firstIdOf(last.ends)}`];
  return sql`(${joinSql(pieces, ' OR ')})`;
}
