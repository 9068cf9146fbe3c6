import type { Collector } from '../collector.js';

/** Keeps a page that goes wild from flooding its own network: so many events of one type a minute. */
export function createCaps(maxPerMinute = 3000): Collector {
  return {
    name: 'caps',
    start({ now, lose, onEvent }) {
      let minute = 0;
      let counts: Record<string, number> = {};
      onEvent.push(({ type }) => {
        // A clock may be set back.
        if (Math.abs(now() - minute) > 60_000) {
          minute = now();
          counts = {};
        }
        counts[type] = (counts[type] ?? 0) + 1;
        const isOver = counts[type] > maxPerMinute;
        if (isOver) lose('rate_limited');
        return isOver;
      });
      return () => {};
    },
  };
}
