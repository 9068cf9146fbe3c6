import type { VitalName } from '@rumkit/react-rum/protocol';
import { isRow } from '../isRow.js';
import { type Millionths, ratedVital, vitalsIn } from '../rollup/countedViews.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { NAMES } from '../rollup/rollupTables.js';
import { sql } from '../sql.js';
import { RATINGS, type RatedVital } from './seenView.js';

/** Views of one statement. */
const CHUNK = 1000;
/** Of each session at first; times as many with each round, since most have the vital in their first view. */
const FIRST = 1;
const WIDER = 4;

/**
 * A vital of the first view of each session that has it; null where none has.
 *
 * @param sessions The views of each, by time.
 */
export async function firstVitals(
  source: Source,
  app: string,
  metric: VitalName,
  sessions: readonly (readonly { readonly id: string }[])[],
): Promise<readonly (RatedVital | null)[]> {
  const found: (RatedVital | null)[] = sessions.map(() => null);
  let [begins, ends] = [0, FIRST];
  let open = sessions.map((_, place) => place);
  while (open.length > 0) {
    const asked = open.map((place) => ({ place, views: sessions[place]?.slice(begins, ends) ?? [] }));
    const known = await readVitals(
      source,
      app,
      metric,
      asked.flatMap(({ views }) => views.map(({ id }) => id)),
    );
    for (const { place, views } of asked) {
      const first = views.find(({ id }) => known.has(id));
      if (first !== undefined) found[place] = known.get(first.id) ?? null;
    }
    open = open.filter((place) => found[place] === null && (sessions[place]?.length ?? 0) > ends);
    [begins, ends] = [ends, ends * WIDER];
  }
  return found;
}

/** Of the views that have it, by id. */
async function readVitals(
  { client, dialect }: Source,
  app: string,
  metric: VitalName,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RatedVital>> {
  const vitals = new Map<string, RatedVital>();
  for (let start = 0; start < ids.length; start += CHUNK) {
    const names = ids.slice(start, start + CHUNK).map((name) => ({ name }));
    const found = dialect.searchEach(dialect.rowsOf(NAMES, names), sql`rum_view`, isRow(app, sql`name`));
    const rows = await queryList<readonly [id: string, rating: number, value: Millionths | null]>(
      client,
      dialect,
      sql`id, ${ratedVital(metric)}`,
      found,
    );
    for (const [id, rating, millionths] of rows) {
      const [value = null] = vitalsIn([millionths]);
      if (value !== null) vitals.set(id, { value, rating: RATINGS[rating] ?? 'good' });
    }
  }
  return vitals;
}
