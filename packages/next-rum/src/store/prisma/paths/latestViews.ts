import { GRAIN_MS } from '../../rollup/grains.js';
import type { ViewRange } from '../../store.js';
import { havingValues } from '../filters.js';
import { startedWithin } from '../reads.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { queryRows, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { SEEN_COLUMNS, SEEN_TUPLE, type SeenTuple, type SeenView, toSeenView } from './seenView.js';
import { visitFilters } from './walkedView.js';

/** Few enough that one statement holds nobody up. */
const CHUNK = 2000;
/** Read in one go at first, and at most, ms. Shorter where filters let little through, so that a statement has an end. */
const FIRST_PART = GRAIN_MS.hour;
const LARGEST_PART = GRAIN_MS.day;

/** Some of the latest views, and how far back that is all of them. */
export interface ReadViews {
  readonly views: readonly SeenView[];
  /** Epoch ms: these and those before are all from there on. */
  readonly reached: number;
}

/** Views of a range that are of visitors which the filters let through, the latest first, in chunks. */
export async function* latestViews(source: Source, range: ViewRange): AsyncGenerator<ReadViews> {
  const where = visitFilters(range);
  const asked = { ...range, from: Math.ceil(range.from), to: Math.ceil(range.to), where };
  const { first, last } = await boundsOf(source, asked);
  let to = last + 1;
  let length: number = FIRST_PART;
  while (to > first) {
    const begins = Math.max(first, to - length);
    let found = 0;
    for await (const views of chunksOf(source, { ...asked, from: begins, to })) {
      found += views.length;
      const oldest = views.at(-1)?.startedAt ?? to;
      // There may be more of the moment that a full chunk ends in.
      yield { views, reached: views.length < CHUNK ? begins : oldest + 1 };
    }
    if (found === 0) yield { views: [], reached: begins };
    to = begins;
    if (found < CHUNK) length = Math.min(2 * length, LARGEST_PART);
  }
  yield { views: [], reached: asked.from };
}

async function boundsOf(
  { client }: Source,
  range: ViewRange,
): Promise<{ readonly first: number; readonly last: number }> {
  const [row] = await queryRows<StoredRow>(
    client,
    sql`SELECT (SELECT min(started_at) FROM rum_view WHERE ${startedWithin(range)}) AS first,
      (SELECT max(started_at) FROM rum_view WHERE ${startedWithin(range)}) AS last`,
  );
  const { first = null, last = null } = row ?? {};
  return first === null || last === null
    ? { first: 0, last: -1 }
    : { first: Number(first), last: Number(last) };
}

async function* chunksOf({ client, dialect }: Source, range: ViewRange): AsyncGenerator<readonly SeenView[]> {
  const id = sql`id ${dialect.byCodePoints}`;
  let after = sql``;
  for (;;) {
    const rows = await queryList<SeenTuple>(
      client,
      dialect,
      SEEN_TUPLE,
      sql`FROM (
        SELECT ${SEEN_COLUMNS} FROM rum_view
        WHERE ${startedWithin(range)} ${after} ${havingValues(range)}
        ORDER BY started_at DESC, ${id} DESC LIMIT ${BigInt(CHUNK)}
      ) AS latest`,
    );
    const views = rows.map(toSeenView).sort(latestFirst);
    if (views.length > 0) yield views;
    const last = views.at(-1);
    if (views.length < CHUNK || last === undefined) return;
    const at = BigInt(last.startedAt);
    after = sql`AND started_at <= ${at} AND (started_at < ${at} OR ${id} < ${last.id})`;
  }
}

function latestFirst(a: SeenView, b: SeenView): number {
  return b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1);
}
