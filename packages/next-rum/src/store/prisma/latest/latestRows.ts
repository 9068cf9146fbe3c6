import { isColumn } from '../../filters.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { ViewRange } from '../../store.js';
import { havingValues } from '../filters.js';
import { rowsWithin } from '../partitions/rowsWithin.js';
import { startedWithin } from '../reads.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { type Sql, sql } from '../sql.js';

/** Few enough that one statement holds nobody up. */
const CHUNK = 2000;
/** Read in one go at first, and at most, ms. Shorter where filters let little through, so that a statement has an end. */
const FIRST_PART = GRAIN_MS.hour;
const LARGEST_PART = GRAIN_MS.day;
/** The same where each row that is passed is looked into. */
const LARGEST_SAID = 6 * GRAIN_MS.hour;

/** What is read of a view. */
export type LatestRow = readonly [id: string, startedAt: number, ...rest: unknown[]];

/** Some of the latest views, and how far back that is all of them. */
export interface ReadRows<Row> {
  /** The latest first. */
  readonly rows: readonly Row[];
  /** Epoch ms: these and those before are all from there on. */
  readonly reached: number;
}

interface Read {
  /** What each row of `rum_view` gives, by its names; `id` and `started_at` among it. */
  readonly columns: Sql;
  /** What is made of that, beginning with `id` and `started_at`. */
  readonly tuple: Sql;
}

/** Views of a range that its filters let through, the latest first, in chunks. */
export async function* latestRows<Row extends LatestRow>(
  source: Source,
  range: ViewRange,
  read: Read,
): AsyncGenerator<ReadRows<Row>> {
  const asked = { ...range, from: Math.ceil(range.from), to: Math.ceil(range.to) };
  const isSaid = (range.where ?? []).some(({ dimension }) => !isColumn(dimension));
  const rows = await rowsWithin(source, 'views', asked);
  const [first, last] = [await rows.next(asked.from), await rows.last(asked.to)];
  let to = (last ?? asked.from) + 1;
  let length: number = FIRST_PART;
  while (first !== null && last !== null && to > first) {
    const begins = Math.max(first, to - length);
    let found = 0;
    for await (const chunk of chunksOf<Row>(
      source,
      { ...asked, from: begins, to },
      read,
      rows.ids(begins, to),
    )) {
      found += chunk.length;
      const oldest = chunk.at(-1)?.[1] ?? to;
      // There may be more of the moment that a full chunk ends in.
      yield { rows: chunk, reached: chunk.length < CHUNK ? begins : oldest + 1 };
    }
    if (found === 0) yield { rows: [], reached: begins };
    to = begins;
    if (found < CHUNK) length = Math.min(2 * length, isSaid ? LARGEST_SAID : LARGEST_PART);
  }
  yield { rows: [], reached: asked.from };
}

async function* chunksOf<Row extends LatestRow>(
  { client, dialect }: Source,
  range: ViewRange,
  { columns, tuple }: Read,
  ids: Sql,
): AsyncGenerator<readonly Row[]> {
  const id = sql`id ${dialect.byCodePoints}`;
  let after = sql``;
  for (;;) {
    const found = await queryList<Row>(
      client,
      dialect,
      tuple,
      sql`FROM (
        SELECT ${columns} FROM rum_view
        WHERE ${startedWithin(range)} ${ids} ${after} ${havingValues(dialect, range)}
        ORDER BY started_at DESC, ${id} DESC LIMIT ${BigInt(CHUNK)}
      ) AS latest`,
    );
    const rows = found.toSorted(([a, m], [b, n]) => n - m || (a < b ? 1 : -1));
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < CHUNK || last === undefined) return;
    const [lastId, startedAt] = last;
    const at = BigInt(startedAt);
    after = sql`AND started_at <= ${at} AND (started_at < ${at} OR ${id} < ${lastId})`;
  }
}
