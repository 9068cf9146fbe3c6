import { actionsOf } from '../../../analysis/actions/actionsOf.js';
import type { ActionGroups } from '../../actionStore.js';
import type { ViewRange } from '../../store.js';
import { latestEvents } from '../latest/latestEvents.js';
import { dataOf } from '../latest/readEvents.js';
import type { Source } from '../rollup/rollupCells.js';

/** Most actions that are told of: some 10 µs each. */
const MAX_TOLD = 20_000;

/** @see {@link RumStore.actions} */
export async function actions(source: Source, range: ViewRange): Promise<ActionGroups> {
  const { events, told } = await latestEvents(source, range, ['action'], MAX_TOLD);
  return { ...actionsOf(events.map((event) => ({ ...event, said: dataOf(event) }))), told };
}
