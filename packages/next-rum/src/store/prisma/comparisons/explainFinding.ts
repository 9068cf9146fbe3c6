import type { SideTest } from '../../../analysis/comparison/testSides.js';
import { explainSamples } from '../../../analysis/detectors/explainSamples.js';
import { hasNames, namesIn } from '../../../analysis/insights/namesIn.js';
import { toCauses } from '../../../analysis/insights/toCauses.js';
import type { IncidentCause } from '../../../analysis/insights/watchedIncident.js';
import { isRow } from '../isRow.js';
import { type LoadedSample, withCalls } from '../requests/withCalls.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { NAMES } from '../rollup/rollupTables.js';
import { sql } from '../sql.js';
import type { Sides } from './releaseSides.js';

/** How long the calls of one finding are looked for, ms. */
const PATIENCE = 1000;
/** Views of one statement. */
const IDS = 1000;

/**
 * Which views carry a difference: by their dimensions, and by what browsers named as the reason, their element, file, or a call that
 * was slow.
 *
 * @param deadline Of `performance.now()`. What cannot be read until then is not told.
 */
export async function explainFinding(
  source: Source,
  app: string,
  { metric, route, without }: SideTest,
  views: Sides['views'],
  deadline: number,
): Promise<readonly IncidentCause[]> {
  const limit = without.value?.value ?? Number.POSITIVE_INFINITY;
  const own = views.filter((view) => route === null || view.route === route);
  const measured = metric === 'errors' ? own : own.filter(({ vitals }) => vitals[metric] !== null);
  const told = hasNames(metric) ? await readAttributions(source, app, measured, deadline) : null;
  const [now, before]: [LoadedSample[], LoadedSample[]] = [[], []];
  for (const { id, t, side, values, vitals, hasError, ...view } of measured) {
    const value = metric === 'errors' ? null : vitals[metric];
    (side === 'new' ? now : before).push({
      id,
      t,
      value,
      isOver: metric === 'errors' ? hasError : (value ?? 0) > limit,
      values: {
        ...values,
        ...namesIn(told?.get(id) ?? null, metric),
        ...(route === null && view.route !== '' && { route: view.route }),
      },
    });
  }
  if (metric !== 'lcp') return toCauses(explainSamples(now, before).causes, new Map());
  const patience = Math.min(PATIENCE, deadline - performance.now());
  const called = await withCalls(source, app, { now, before }, limit, patience);
  return toCauses(explainSamples(called.now, called.before).causes, called.calls);
}

/** What browsers said of the vitals of views, JSON by id; null where that cannot be known of all in time. */
async function readAttributions(
  { client, dialect }: Source,
  app: string,
  views: readonly { readonly id: string }[],
  deadline: number,
): Promise<ReadonlyMap<string, string> | null> {
  const told = new Map<string, string>();
  for (let start = 0; start < views.length; start += IDS) {
    if (performance.now() >= deadline) return null;
    const names = views.slice(start, start + IDS).map(({ id }) => ({ name: id }));
    const found = dialect.searchEach(
      dialect.rowsOf(NAMES, names),
      sql`rum_view`,
      sql`${isRow(app, sql`name`)} AND attribution IS NOT NULL`,
    );
    const rows = await queryList<readonly [string, string]>(
      client,
      dialect,
      sql`id, told`,
      sql`FROM (SELECT id, attribution AS told ${found}) AS found`,
    );
    for (const [id, attribution] of rows) told.set(id, attribution);
  }
  return told;
}
