import type { VitalName } from '@rumkit/react-rum/protocol';
import type { FoundValues, ValueCount, ValueSummary } from '../../overviewStore.js';
import { addCell, type Cell, type Cells, cellOf, copyCell, emptyCell } from '../../rollup/cells.js';
import type { Segment } from '../../rollup/planRange.js';
import { matching, mostFirst, summariesOf, vitalDetail } from '../../rollup/summaries.js';
import type { ColumnDimension, Filter, TimeRange, ViewRange } from '../../store.js';
import type { VitalDetail, VitalSummaries } from '../../vitalStore.js';
import { havingValues, rollupsFor, valueIn } from '../filters.js';
import { type Sql, sql } from '../sql.js';
import { HAS_VITALS, vitalValue } from './countedViews.js';
import { queryList } from './rawReads.js';
import { spanSql, viewsOf } from './rawSpans.js';
import { ALL_VIEWS, rememberedCells, type Selection } from './rememberedCells.js';
import { addRaw, addRollups, countRollups, rawOf, type Source } from './rollupCells.js';
import { type Planning, withPlan } from './withPlan.js';

/**
 * Filters speak of one dimension at most, here and below.
 *
 * @see {@link RumStore.vitals}
 */
export function vitals(source: Source, range: ViewRange): Promise<VitalSummaries> {
  return withPlan(source, range, { apart: filteredBy(range) }, async (plan) => {
    const cells = await countedCells(source, range, plan, { step: null, key: sql`''`, wanted: HAS_VITALS });
    return summariesOf(cells.get('') ?? emptyCell('all'));
  });
}

/** @see {@link RumStore.vital} */
export function vital(
  source: Source,
  range: ViewRange,
  metric: VitalName,
  bucketMs: number,
): Promise<VitalDetail> {
  return withPlan(source, range, { step: bucketMs, apart: filteredBy(range) }, async (plan) => {
    const key = bucketStart(bucketMs);
    const wanted = sql`${vitalValue(metric)} IS NOT NULL`;
    const cells = await countedCells(source, range, plan, { step: bucketMs, key, wanted });
    return vitalDetail(cells, metric, bucketMs);
  });
}

/** Views in each bucket of a chart, by its beginning, epoch ms. */
export function viewCounts(
  source: Source,
  range: ViewRange,
  bucketMs: number,
): Promise<ReadonlyMap<number, number>> {
  return withPlan(source, range, { step: bucketMs, apart: filteredBy(range) }, async (plan) => {
    const key = bucketStart(bucketMs);
    const cells = await countedCells(source, range, plan, { step: bucketMs, key, wanted: sql`true` });
    return new Map([...cells].flatMap(([t, { n }]) => (n > 0 ? [[Number(t), n]] : [])));
  });
}

/** In which bucket of a chart a view is, epoch ms. */
export function bucketStart(bucketMs: number): Sql {
  return sql`started_at - started_at % ${BigInt(bucketMs)}`;
}

async function countedCells(
  source: Source,
  range: ViewRange,
  plan: readonly Segment[],
  { step, key, wanted }: { readonly step: number | null; readonly key: Sql; readonly wanted: Sql },
): Promise<ReadonlyMap<string, Cell>> {
  const cells: Cells = new Map();
  const dimension = rollupsFor(range) ?? 'all';
  const selection = selectionOf(range.where ?? []);
  const rolledUp = await rememberedCells(source, range, plan, { dimension, selection, step });
  await addRaw(source, range.app, plan, cells, 'all', {
    key,
    wanted: sql`${wanted} ${havingValues(source.dialect, range)}`,
  });
  for (const [name, cell] of rolledUp ?? []) addCell(cellOf(cells, 'all', name), cell);
  return cells.get('all') ?? new Map();
}

/** @see {@link RumStore.breakdown} */
export function breakdown(
  source: Source,
  range: ViewRange,
  dimension: ColumnDimension,
  limit: number,
): Promise<ValueSummary[]> {
  return withPlan(source, range, { apart: filteredBy(range) }, async (plan) => {
    const cells: Cells = new Map();
    const wanted = sql`true ${havingValues(source.dialect, range)}`;
    await addRaw(source, range.app, plan, cells, dimension, { key: valueIn(dimension), wanted });
    const grouping = { dimension, selection: null, step: null };
    const known = withoutValue(await rememberedCells(source, range, plan, grouping));
    const rolledUp =
      known === null ? await countRollups(source, range.app, plan, dimension) : countsOf(known);
    const views = countsOf(cells.get(dimension) ?? new Map());
    const isWanted = wantedBy(range);
    for (const [value, n] of rolledUp) if (isWanted(value)) views.set(value, (views.get(value) ?? 0) + n);
    const shown = mostFirst(views).slice(0, limit);
    if (known === null) await addFlood(source, range.app, plan, cells, dimension, shown);
    return shown.map(({ value, views: n }) => {
      const cell = cellOf(cells, dimension, value);
      const before = known?.get(value);
      if (before !== undefined) addCell(cell, before);
      return { value, views: n, vitals: summariesOf(cell) };
    });
  });
}

/** @see {@link RumStore.values} */
export async function values(
  source: Source,
  range: ViewRange,
  dimension: ColumnDimension,
  search: string,
  limit: number,
): Promise<FoundValues> {
  const counts = await valueCounts(source, range, dimension, { apart: dimension });
  const isWanted = wantedBy(range);
  for (const value of counts.keys()) if (!isWanted(value)) counts.delete(value);
  return { values: matching(counts, search, limit), told: null };
}

/** Views of each value of a dimension, whatever the filters; the rarest may be counted together. */
export function valueCounts(
  source: Source,
  range: TimeRange,
  dimension: ColumnDimension,
  planning: Planning = {},
): Promise<Map<string, number>> {
  return withPlan(source, range, planning, async (plan) => {
    const counts = await countRollups(source, range.app, plan, dimension);
    const spans = rawOf(plan);
    if (spans.length === 0) return counts;
    const { client, dialect } = source;
    const found = await queryList<readonly [string, number]>(
      client,
      dialect,
      sql`value, n`,
      sql`FROM (SELECT ${valueIn(dimension)} AS value, count(*) AS n ${viewsOf(spanSql(dialect, spans), range.app)} GROUP BY 1) AS counted`,
    );
    for (const [value, n] of found) counts.set(value, (counts.get(value) ?? 0) + n);
    return counts;
  });
}

/** What rollups have of the values that are shown, where there are too many others to read them too. */
async function addFlood(
  source: Source,
  app: string,
  plan: readonly Segment[],
  cells: Cells,
  dimension: ColumnDimension,
  shown: readonly ValueCount[],
): Promise<void> {
  if (!shown.some(({ value }) => value === '')) {
    const names = shown.map(({ value }) => value);
    await addRollups(source, app, plan, cells, dimension, names);
    return;
  }
  // What has no value is what all values together lack.
  const rolledUp: Cells = new Map();
  await addRollups(source, app, plan, rolledUp, 'all');
  await addRollups(source, app, plan, rolledUp, dimension);
  const none = cellOf(rolledUp, 'all', '');
  for (const [value, cell] of rolledUp.get(dimension) ?? []) {
    addCell(none, cell, -1);
    addCell(cellOf(cells, dimension, value), cell);
  }
  addCell(cellOf(cells, dimension, ''), none);
}

/** With the views that have no value, which are those that all values together lack. */
function withoutValue(known: ReadonlyMap<string, Cell> | null): ReadonlyMap<string, Cell> | null {
  const all = known?.get(ALL_VIEWS);
  if (known === null || all === undefined) return known;
  const cells = new Map(known);
  cells.delete(ALL_VIEWS);
  const sum = [...cells.values()].reduce((total, { n }) => total + n, 0);
  if (sum === all.n) return cells;
  const none = copyCell(all);
  for (const cell of cells.values()) addCell(none, cell, -1);
  return cells.set('', none);
}

function countsOf(cells: ReadonlyMap<string, Cell>): Map<string, number> {
  return new Map([...cells].map(([value, { n }]) => [value, n]));
}

/** Of filters of one dimension: which of its values pass. */
function wantedBy({ where = [] }: ViewRange): (value: string) => boolean {
  const filters = where.map(({ keep, values: named }) => ({ keep, named: new Set(named) }));
  return (value) => filters.every(({ keep, named }) => named.has(value) === keep);
}

/** What single values are asked of. */
function filteredBy(range: ViewRange): ColumnDimension | null {
  const dimension = rollupsFor(range);
  return dimension === 'all' ? null : dimension;
}

/** Of filters of one dimension; null where there are none. */
function selectionOf(where: readonly Filter[]): Selection | null {
  if (where.length === 0) return null;
  const kept = where.filter(({ keep }) => keep).map((filter) => filter.values);
  const leftOut = where.filter(({ keep }) => !keep).flatMap((filter) => filter.values);
  const [first] = kept;
  const keep = first !== undefined;
  const named =
    first === undefined
      ? leftOut
      : first.filter((value) => kept.every((each) => each.includes(value)) && !leftOut.includes(value));
  // Views without a value have no row of their own.
  const hasNone = named.includes('');
  return {
    values: named.filter((value) => value !== '' && !value.includes('\0')),
    rows: hasNone ? 'others' : 'these',
    times: keep === hasNone ? -1 : 1,
  };
}
