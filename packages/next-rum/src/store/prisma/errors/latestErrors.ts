import type { Told } from '../../errorStore.js';
import { OTHER } from '../../filters.js';
import type { TimeRange } from '../../store.js';
import { readLatest } from '../latest/readLatest.js';
import type { Source } from '../rollup/rollupCells.js';
import { errorTeller, type ToldError, toldError } from './toldErrors.js';

/** Most events that are told of: some 30 µs each. */
export const MAX_TOLD = 600;
/** Most error events that are read for the sake of one group. */
const MAX_READ = 1000;
/** Most events of any kind among which errors are looked for. */
const MAX_PASSED = 500_000;

/** The latest errors of a range, and from when on those are all there were. */
export interface Latest {
  readonly errors: readonly ToldError[];
  readonly told: Told;
}

/** The latest events of a range, of all groups or one. */
export async function latestErrors(
  source: Source,
  range: TimeRange,
  only: string | null = null,
): Promise<Latest> {
  const tell = errorTeller();
  const errors: ToldError[] = [];
  let read = 0;
  const reach = await readLatest(
    source,
    range,
    {
      types: ['error'],
      passes: MAX_PASSED,
      most: 1 + (only === null ? MAX_TOLD : MAX_READ),
      // Where a group is among the rarest ones of its time, it is counted with them.
      ...(only !== null && { counted: { dimension: 'error', values: [only, OTHER] } }),
    },
    (events) => {
      for (const [index, event] of events.entries()) {
        if (errors.length === MAX_TOLD || read === MAX_READ) return index;
        read += 1;
        const said = tell(event);
        if (only === null || said.fingerprint === only) errors.push(toldError(event, said));
      }
      return events.length;
    },
  );
  return { errors, told: { events: errors.reduce((sum, { count }) => sum + count, 0), ...reach } };
}
