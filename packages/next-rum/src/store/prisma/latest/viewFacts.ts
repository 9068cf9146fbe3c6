import type { ViewRange } from '../../store.js';
import { havingValues } from '../filters.js';
import { isRow } from '../isRow.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { NAMES } from '../rollup/rollupTables.js';
import { sql } from '../sql.js';

/** What the view that an event happened in knows of its browser. */
export interface ViewFacts {
  readonly release: string | null;
  readonly browser: string | null;
  readonly os: string | null;
  readonly device: string;
  readonly country: string | null;
}

/** Views of one statement. */
const CHUNK = 1000;

/** The facts of views, by id; of those that a filter lets through. */
export async function viewFacts(
  { client, dialect }: Source,
  range: Pick<ViewRange, 'app' | 'where'>,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, ViewFacts>> {
  const names = [...new Set(ids)].map((name) => ({ name }));
  const facts = new Map<string, ViewFacts>();
  for (let start = 0; start < names.length; start += CHUNK) {
    const chunk = dialect.rowsOf(NAMES, names.slice(start, start + CHUNK));
    const condition = sql`${isRow(range.app, sql`name`)} ${havingValues(dialect, { ...range, from: 0, to: 0 })}`;
    const rows = await queryList<
      readonly [string, string | null, string | null, string | null, string, string | null]
    >(
      client,
      dialect,
      sql`name, release, browser, os, device, country`,
      dialect.searchEach(chunk, sql`rum_view`, condition),
    );
    for (const [id, release, browser, os, device, country] of rows) {
      facts.set(id, { release, browser, os, device, country });
    }
  }
  return facts;
}
