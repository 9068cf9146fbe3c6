import type { VitalName } from '@rumkit/react-rum/protocol';
import { VITAL_THRESHOLDS } from '../../../analysis/rating.js';
import { COLUMN_DIMENSIONS } from '../../filters.js';
import type { CountedView } from '../../rollup/countView.js';
import { VITAL_NAMES } from '../../rows.js';
import type { SqlClient } from '../client.js';
import type { Dialect } from '../dialect.js';
import { constantSql, joinSql, queryRows, type Sql, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { queryList } from './rawReads.js';
import { type Span, spanSql, viewsOf } from './rawSpans.js';

/** Views fetched at once, some 50 ms of SQLite. */
const CHUNK_VIEWS = 5000;

/** Reads what is to be counted of the views of spans, in chunks. */
export async function* readCountedViews(
  client: SqlClient,
  dialect: Dialect,
  app: string,
  spans: readonly Span[],
): AsyncGenerator<readonly (CountedView & { readonly startedAt: number })[]> {
  for await (const rows of readViews<ViewTuple>(client, dialect, { app, spans, columns: VIEW_TUPLE })) {
    yield rows.map(([startedAt, visitor, sample, ratings, ...rest]) => ({
      startedAt,
      visitor,
      sample: sample === 1,
      ratings,
      values: rest.slice(0, COLUMN_DIMENSIONS.length) as (string | null)[],
      vitals: vitalsIn(rest.slice(COLUMN_DIMENSIONS.length) as (Millionths | null)[]),
    }));
  }
}

/** Reads columns of the views of spans, in chunks. */
export async function* readViews<Tuple>(
  client: SqlClient,
  dialect: Dialect,
  {
    app,
    spans,
    columns,
    wanted = sql`true`,
  }: { readonly app: string; readonly spans: readonly Span[]; readonly columns: Sql; readonly wanted?: Sql },
): AsyncGenerator<readonly Tuple[]> {
  for (const chunk of await inChunks(client, dialect, app, spans)) {
    yield await queryList<Tuple>(client, dialect, columns, viewsOf(spanSql(dialect, chunk), app, { wanted }));
  }
}

type ViewTuple = readonly [
  startedAt: number,
  visitor: string,
  sample: 0 | 1,
  ratings: number,
  ...valuesAndVitals: (string | Millionths | null)[],
];

/**
 * A vital as it counts. Of a client navigation and of a page from the back-forward cache web-vitals gives a TTFB of 0,
 * since nothing was waited for; among the others it would only pull the percentiles down.
 */
export function vitalValue(name: VitalName): Sql {
  if (name !== 'ttfb') return constantSql(name);
  return sql`CASE WHEN navigation_type NOT IN ('client', 'back-forward-cache') THEN ttfb END`;
}

/** {@link CountedView.ratings}, made here, because a number may lose its last bit on its way through JSON. */
const RATINGS: Sql = joinSql(
  VITAL_NAMES.map((name, index) => sql`${constantSql(`${3 ** index}`)} * (${ratingOf(name)})`),
  ' + ',
);

/** 0: good, 2: poor. */
function ratingOf(name: VitalName): Sql {
  const { good, poor } = VITAL_THRESHOLDS[name];
  const value = vitalValue(name);
  return sql`CASE WHEN ${value} > ${poor} THEN 2 WHEN ${value} > ${good} THEN 1 ELSE 0 END`;
}

/**
 * Vitals as whole millionths: most of a read over many views was to write and parse decimals of 17 digits (PostgreSQL 15: 75 ms
 * of 14,000 views, 44 ms so). Of the most that is taken, 10⁹, a number still holds each.
 */
const VITAL_VALUES: Sql = joinSql(
  VITAL_NAMES.map((name) => millionthsOf(name)),
  ', ',
);

function millionthsOf(name: VitalName): Sql {
  return sql`CAST(round((${vitalValue(name)}) * 1000000) AS BIGINT)`;
}

declare const MILLIONTHS: unique symbol;

/** A vital as it was read. No number to the compiler, so that none is counted a million times as large. */
export interface Millionths {
  readonly [MILLIONTHS]: true;
}

/** Vitals that were read, in their units; null where a view has none. */
export function vitalsIn(millionths: readonly (Millionths | null)[]): (number | null)[] {
  return millionths.map((value) => (value === null ? null : Number(value) / 1e6));
}

/** Ratings and vitals, of which {@link vitalsIn} makes what {@link countIn} takes. */
export const RATED_VITALS: Sql = sql`${RATINGS}, ${VITAL_VALUES}`;

/** Rating, 0 to 2, and value, for {@link vitalsIn}, of one vital. */
export function ratedVital(name: VitalName): Sql {
  return sql`${ratingOf(name)}, ${millionthsOf(name)}`;
}

const VIEW_TUPLE: Sql = sql`started_at, visitor, CASE WHEN sample THEN 1 ELSE 0 END, ${RATINGS},
  ${constantSql(COLUMN_DIMENSIONS.join(', '))}, ${VITAL_VALUES}`;

/** What {@link countIn} counts of a view: what it counts for, its ratings, its vitals as {@link vitalsIn} takes them. */
export type VitalTuple = readonly [key: string | number, ratings: number, ...vitals: (Millionths | null)[]];

export function vitalTuple(key: Sql): Sql {
  return sql`${key}, ${RATED_VITALS}`;
}

/** Of views that have one: most client navigations have none. */
export const HAS_VITALS: Sql = sql`coalesce(${joinSql(
  VITAL_NAMES.map((name) => constantSql(name)),
  ', ',
)}) IS NOT NULL`;

/**
 * Cuts spans so that no chunk holds many more views than it may: SQLite stops the event loop for as long as a statement
 * takes.
 */
async function inChunks(
  client: SqlClient,
  dialect: Dialect,
  app: string,
  spans: readonly Span[],
): Promise<readonly (readonly Span[])[]> {
  if (spans.length === 0) return [];
  const within = spanSql(dialect, spans);
  const counts = await queryRows<StoredRow>(
    client,
    sql`SELECT ${within.begins} AS begins, ${within.ends} AS ends, started_at - started_at % 60000 AS minute, count(*) AS n
      ${viewsOf(within, app)} GROUP BY 1, 2, 3 ORDER BY 1, 3`,
  );
  const chunks: Span[][] = [];
  let room = 0;
  for (const row of counts) {
    const minute = Number(row.minute);
    const begins = Math.max(Number(row.begins), minute);
    const ends = Math.min(Number(row.ends), minute + 60_000);
    const n = Number(row.n);
    const parts = cutEvenly({ begins, ends }, Math.ceil(n / CHUNK_VIEWS));
    for (const part of parts) {
      const last = chunks.at(-1);
      const share = n / parts.length;
      if (last === undefined || share > room) {
        chunks.push([part]);
        room = CHUNK_VIEWS;
      } else {
        const before = last.at(-1);
        if (before?.ends === part.begins) last[last.length - 1] = { begins: before.begins, ends: part.ends };
        else last.push(part);
      }
      room -= share;
    }
  }
  return chunks;
}

function cutEvenly({ begins, ends }: Span, parts: number): readonly Span[] {
  const border = (index: number): number => Math.round(begins + ((ends - begins) * index) / parts);
  return Array.from({ length: parts }, (_, index) => ({ begins: border(index), ends: border(index + 1) }));
}
