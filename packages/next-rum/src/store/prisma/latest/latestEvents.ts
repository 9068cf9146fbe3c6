import type { LatestEvents, StoredEvent } from '../../latestStore.js';
import type { EventRow } from '../../rows.js';
import type { ViewRange } from '../../store.js';
import type { Source } from '../rollup/rollupCells.js';
import { readLatest } from './readLatest.js';
import { viewFacts } from './viewFacts.js';

/** Most events of any kind among which those wanted are looked for. */
const MAX_PASSED = 5_000_000;
/** Most events that are read for the sake of those that the filters let through. */
const MAX_READ = 200_000;

/** @see {@link RumStore.latestEvents} */
export async function latestEvents(
  source: Source,
  range: ViewRange,
  types: readonly EventRow['type'][],
  limit: number,
): Promise<LatestEvents> {
  const { where = [] } = range;
  const found: StoredEvent[] = [];
  const most = 1 + (where.length === 0 ? limit : MAX_READ);
  const reach = await readLatest(source, range, { types, passes: MAX_PASSED, most }, async (events) => {
    if (found.length === limit) return 0;
    const views =
      where.length === 0
        ? null
        : await viewFacts(
            source,
            range,
            events.map(({ viewId }) => viewId),
          );
    for (const [index, event] of events.entries()) {
      if (found.length === limit) return index;
      if (views === null || views.has(event.viewId)) found.push(event);
    }
    return events.length;
  });
  return { events: found, told: { events: found.length, ...reach } };
}
