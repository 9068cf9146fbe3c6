import type { ViewRange } from '../../store.js';
import { latestRows } from '../latest/latestRows.js';
import type { Source } from '../rollup/rollupCells.js';
import { sql } from '../sql.js';
import { SEEN_COLUMNS, SEEN_TUPLE, type SeenTuple, type SeenView, toSeenView } from './seenView.js';
import { type Meeting, meetsIn, visitFilters } from './walkedView.js';

/** Some of the latest views, and how far back that is all of them. */
export interface ReadViews {
  /** The latest first. */
  readonly views: readonly (SeenView & Meeting)[];
  /** Epoch ms: these and those before are all from there on. */
  readonly reached: number;
}

/** Views of a range that are of visitors which the filters let through, the latest first, in chunks. */
export async function* latestViews(source: Source, range: ViewRange): AsyncGenerator<ReadViews> {
  const asked = { ...range, where: visitFilters(range) };
  const read = latestRows<readonly [...SeenTuple, meets: string]>(source, asked, {
    columns: sql`${SEEN_COLUMNS}, ${meetsIn(source.dialect, range.where)} AS meets`,
    tuple: sql`${SEEN_TUPLE}, meets`,
  });
  for await (const { rows, reached } of read) {
    const views = rows.map((row) => ({ ...toSeenView(row), meets: String(row.at(-1)) }));
    yield { views, reached };
  }
}
