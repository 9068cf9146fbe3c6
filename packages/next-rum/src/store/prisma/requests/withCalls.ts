import type { Sample } from '../../../analysis/detectors/sample.js';
import { requestKey } from '../../../analysis/requests/requestKey.js';
import { requestTitle } from '../../../analysis/requests/requestTitle.js';
import type { Source } from '../rollup/rollupCells.js';
import { slowCalls } from './slowCalls.js';

/** A sample of a vital of loading. */
export interface LoadedSample extends Sample {
  readonly id: string;
  /** In the vital's unit; null where the view has none. */
  readonly value: number | null;
}

/** Samples of which some, or all, say which call slowed them. */
export interface CalledSamples {
  readonly now: readonly Sample[];
  readonly before: readonly Sample[];
  /** Keys of the requests that are named, by what they are called. */
  readonly calls: ReadonlyMap<string, string>;
}

/**
 * Looks for the call that slowed each view, for half of the time in those of now.
 *
 * @param usual What the vital usually is, ms.
 * @param patience ms, after which those that were looked at have to do.
 */
export async function withCalls(
  source: Source,
  app: string,
  { now, before }: { readonly now: readonly LoadedSample[]; readonly before: readonly LoadedSample[] },
  usual: number,
  patience: number,
): Promise<CalledSamples> {
  const calls = new Map<string, string>();
  const told = async (samples: readonly LoadedSample[]): Promise<readonly Sample[]> => {
    const views = samples.flatMap(({ id, t, value }) => (value === null ? [] : [{ id, t, value }]));
    const slow = await slowCalls(source, app, views, usual, performance.now() + patience / 2);
    return samples.map((sample) => {
      const call = slow.get(sample.id);
      if (call === undefined || call === null) return { ...sample, ...(call === null && { call }) };
      const title = requestTitle(call);
      if (!calls.has(title)) calls.set(title, requestKey(call));
      return { ...sample, call: title };
    });
  };
  const [ofNow, ofBefore] = [await told(now), await told(before)];
  return { now: ofNow, before: ofBefore, calls };
}
