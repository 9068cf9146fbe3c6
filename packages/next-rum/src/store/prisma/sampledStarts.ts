import type { ViewRange } from '../store.js';
import { havingValues } from './filters.js';
import { rowsWithin } from './partitions/rowsWithin.js';
import { planSample } from './paths/planSample.js';
import { visitorsBetween } from './paths/sampledSessions.js';
import { readAhead } from './readAhead.js';
import { startedWithin } from './reads.js';
import { queryList, SESSION_GAP } from './rollup/rawReads.js';
import type { Source } from './rollup/rollupCells.js';
import { sql } from './sql.js';

/** Half a tenth of a second. */
const EFFORT = { scanned: 80_000, read: 10_000, shortest: 2 * SESSION_GAP };
/** So many views are enough to tell from. */
const ENOUGH = 4000;
/** Times as many visitors are looked at next where filters let too few through. */
const WIDER = 4;

/** Views that were looked at. */
export interface SampledStarts {
  readonly views: number;
  /** Of them began a session. */
  readonly sessions: number;
  /** Of them are sample data. */
  readonly samples: number;
}

/**
 * How many views begin a session, of some visitors in some spans of a range: who was there half an hour before is not to be told
 * from a view alone.
 *
 * @param population Views in the range, whatever the filters.
 */
export async function sampledStarts(
  source: Source,
  range: ViewRange,
  population: number,
): Promise<SampledStarts> {
  const { client, dialect } = source;
  const { spans, share } = planSample({ begins: range.from, ends: range.to, views: population }, EFFORT);
  const { ids } = await rowsWithin(source, 'views', { ...range, from: range.from - SESSION_GAP });
  let [views, sessions, samples, lower] = [0, 0, 0, 0];
  for (let upper = share; lower < 1 && views < ENOUGH; upper = Math.min(1, upper * WIDER)) {
    const visitors = visitorsBetween(lower, upper);
    const parts = readAhead(spans, async ({ begins, ends }) => {
      const part = { ...range, from: begins - SESSION_GAP, to: ends };
      const rows = await queryList<readonly [startedAt: number, visitor: string, sample: 0 | 1]>(
        client,
        dialect,
        sql`started_at, visitor, CASE WHEN sample THEN 1 ELSE 0 END`,
        sql`FROM rum_view WHERE ${startedWithin(part)} ${visitors} ${havingValues(dialect, part)} ${ids(part.from, part.to)}`,
      );
      return { begins, rows };
    });
    for await (const { begins, rows } of parts) {
      const last = new Map<string, number>();
      for (const [startedAt, visitor, sample] of rows.toSorted(([a], [b]) => a - b)) {
        const previous = last.get(visitor);
        last.set(visitor, startedAt);
        if (startedAt < begins) continue;
        views += 1;
        samples += sample;
        if (previous === undefined || startedAt - previous >= SESSION_GAP) sessions += 1;
      }
    }
    lower = upper;
  }
  return { views, sessions, samples };
}
