import { type TimingKindName, timingsOf } from '../../../analysis/timings/timingsOf.js';
import type { EventRow } from '../../rows.js';
import type { ViewRange } from '../../store.js';
import type { TimingGroups } from '../../timingStore.js';
import { saidEvent } from '../latest/readEvents.js';
import { sampledEvents } from '../latest/sampledEvents.js';
import type { Source } from '../rollup/rollupCells.js';

/** @see {@link RumStore.timings} */
export async function timings(
  source: Source,
  range: ViewRange,
  kind: TimingKindName | null,
): Promise<TimingGroups> {
  const { events, told } = await sampledEvents(source, range, typesOf(kind));
  return {
    ...timingsOf(events.map(saidEvent), kind),
    told,
  };
}

function typesOf(kind: TimingKindName | null): readonly EventRow['type'][] {
  if (kind === null) return ['timing', 'longtask'];
  return [kind === 'longtask' ? 'longtask' : 'timing'];
}
