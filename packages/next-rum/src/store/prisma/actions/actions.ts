import { actionsOf } from '../../../analysis/actions/actionsOf.js';
import type { ActionGroups } from '../../actionStore.js';
import type { ViewRange } from '../../store.js';
import { saidEvent } from '../latest/readEvents.js';
import { sampledEvents } from '../latest/sampledEvents.js';
import type { Source } from '../rollup/rollupCells.js';

/** @see {@link RumStore.actions} */
export async function actions(source: Source, range: ViewRange): Promise<ActionGroups> {
  const { events, told } = await sampledEvents(source, range, ['action']);
  return { ...actionsOf(events.map(saidEvent)), told };
}
