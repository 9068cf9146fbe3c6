import type { EventRow, ViewRow } from '../../packages/next-rum/src/store/rows.js';
import type { RumStore } from '../../packages/next-rum/src/store/store.js';
import { makeHistory } from './history.js';

const DAY = 86_400_000;
/** Rows of one commit, as of a busy collector. */
const COMMIT_ROWS = 5000;

/** Few: what events cost is measured by `store`. */
export const EVENTS_PER_VIEW = 1 / 4;

export interface Span {
  /** Epoch ms; whole hours. */
  readonly from: number;
  readonly to: number;
}

/**
 * Writes a history through the store, and rolls it up as it would be at its end: the last minutes are not yet counted, the
 * last hour is there by minutes.
 */
export async function fill(store: RumStore, views: number, { from, to }: Span): Promise<void> {
  // The partitions of those days, as they would have been made on each of them.
  for (let day = from; day <= to; day += DAY) await store.retain({ now: () => day });
  const began = performance.now();
  let [done, told] = [0, 0];
  let waiting: { views: ViewRow[]; events: EventRow[] } = { views: [], events: [] };
  const commit = async (): Promise<void> => {
    await store.insert(waiting);
    done += waiting.views.length;
    waiting = { views: [], events: [] };
    if (done - told >= views / 5) {
      told = done;
      const rate = Math.round((done / (performance.now() - began)) * 1000);
      console.log(`  ${done} views written, ${rate} a second`);
    }
  };
  for (const part of makeHistory({ views, from, to, seed: 1, eventsPerView: EVENTS_PER_VIEW })) {
    for (let start = 0; start < part.views.length; start += COMMIT_ROWS) {
      waiting.views.push(...part.views.slice(start, start + COMMIT_ROWS));
      if (waiting.views.length >= COMMIT_ROWS) await commit();
    }
    waiting.events.push(...part.events);
  }
  await commit();
  const written = performance.now();
  await store.rollUp({ now: () => to });
  console.log(`  rolled up, ${Math.round((views / (performance.now() - written)) * 1000)} views a second`);
}
