import type { ColumnDimension, TimeRange, ViewRange } from '../../store.js';
import { rollupsFor } from '../filters.js';
import { areFew } from '../population.js';
import type { Source } from './rollupCells.js';
import { toldApart } from './withPlan.js';

/**
 * Whose rollups tell the vitals of the views: `all`, of one dimension, or none, because filters speak of several, or because some
 * of the values are counted together.
 */
export async function tellingRollups(
  source: Source,
  range: ViewRange,
): Promise<'all' | ColumnDimension | null> {
  const dimension = rollupsFor(range);
  if (dimension === null || dimension === 'all') return dimension;
  return (await canTell(source, range, dimension)) ? dimension : null;
}

/** Whether rollups tell each value of a dimension, with the raw rows of those buckets that count some together: not too many. */
export async function canTell(
  source: Source,
  range: TimeRange,
  dimension: ColumnDimension,
): Promise<boolean> {
  const { told, raw } = await toldApart(source, range, dimension);
  return told === 'all' || (told === 'some' && (await areFew(source, range.app, raw)));
}
