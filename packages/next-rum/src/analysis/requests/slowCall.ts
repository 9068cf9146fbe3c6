import { outcomeOf, type RequestEvent } from './requestFigures.js';
import { type RequestTemplate, templateOf } from './requestKey.js';

/** A request of a script, and when it began, epoch ms. */
export interface Call extends Pick<RequestEvent, 'name' | 'duration' | 'said'> {
  readonly occurredAt: number;
}

/** Of scripts that wait for an answer; a beacon waits for none. */
export const CALL_INITIATORS = ['fetch', 'xmlhttprequest'] as const;
/** Of the time until a view had its vital, the part that a call must have taken. */
const SLOW_PART = 1 / 3;
/** Times are told in whole ms, and what is painted may be drawn before the answer is counted as whole, ms. */
const TOLERANCE = 10;

/** What a call must have taken at least to be slow in a view whose vital is so long, ms. */
export function slowFrom(value: number, usual: number): number {
  return Math.max(value, usual) * SLOW_PART;
}

/**
 * The call that held up a view most: of those that were begun and answered before it had its vital, and took at least a third of
 * that time and of what is usual, the longest. What was aborted held up nothing.
 *
 * @param view When it began, epoch ms, and a vital of loading, ms.
 * @param usual What the vital usually is, ms, so that a fast view has no slow calls.
 */
export function slowestCall(
  { t, value }: { readonly t: number; readonly value: number },
  usual: number,
  calls: readonly Call[],
): RequestTemplate | null {
  let slowest: Call | null = null;
  const least = slowFrom(value, usual);
  for (const call of calls) {
    const { occurredAt, duration } = call;
    if (duration === null || duration < least || occurredAt < t - TOLERANCE) continue;
    if (occurredAt + duration > t + value + TOLERANCE || outcomeOf(call) === 'aborted') continue;
    if (duration > (slowest?.duration ?? 0)) slowest = call;
  }
  return slowest && templateOf(slowest);
}
