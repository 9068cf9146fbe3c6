import type { ClockFlag } from '../store/rows.js';

/** Below this, in ms, the difference is as likely the way of the request as the clock: correcting would add jitter. */
const CLOCK_TOLERANCE = 2 * 60_000;
/** Nothing is believed to be older than this, in ms. */
const MAX_AGE = 7 * 24 * 3_600_000;

/** Puts the times of one batch onto the server's clock. Times are epoch ms. */
export interface ServerClock {
  timeOf(time: number): number;
  /** What had to be done to that time, beyond the tolerance of two minutes. */
  flagOf(time: number): ClockFlag | null;
}

/**
 * Moves times of a wrong browser clock onto the server's: all items of a batch by the same offset, so their order and
 * distances stay, and never into the future.
 *
 * @param sentAt Browser clock at sending, epoch ms.
 * @param receivedAt Server clock at receipt, epoch ms.
 */
export function serverClock(sentAt: number, receivedAt: number): ServerClock {
  const difference = receivedAt - sentAt;
  const offset = Math.abs(difference) > CLOCK_TOLERANCE ? difference : 0;
  const oldest = receivedAt - MAX_AGE;
  return {
    timeOf: (time) => Math.round(Math.min(receivedAt, Math.max(oldest, time + offset))),
    flagOf: (time) => {
      const moved = time + offset;
      if (moved < oldest || moved > receivedAt + CLOCK_TOLERANCE) return 'clamped';
      return offset === 0 ? null : 'corrected';
    },
  };
}
