import type { ColumnDimension, ViewRange } from '../../store.js';
import { rollupsFor } from '../filters.js';
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
  return (await toldApart(source, range, dimension)) === 'all' ? dimension : null;
}
