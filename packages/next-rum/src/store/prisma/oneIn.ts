import type { FilteredRead, ViewRange } from '../store.js';
import { eventsIn, viewsIn } from './population.js';
import type { Source } from './rollup/rollupCells.js';
import { tellingRollups } from './rollup/tellingRollups.js';

/** @see {@link RumStore.oneIn} */
export async function oneIn(source: Source, range: ViewRange, read: FilteredRead): Promise<number> {
  const known = await tellingRollups(source, range);
  if (known === 'all' || ((read === 'vital' || read === known) && known !== null)) return 1;
  if (read === 'errors') return (await eventsIn(source, range)).oneErrorIn;
  const views = await viewsIn(source, range);
  if (read !== 'overview') return views.oneIn;
  const events = await eventsIn(source, range);
  return Math.max(views.oneIn, Math.min(events.oneIn, events.oneErrorIn));
}
