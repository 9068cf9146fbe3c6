import type { Collector } from '../collector.js';

/** Keeps a page that goes wild from flooding its own network: so many events of one type a minute. */
export function createCaps(maxPerMinute = 3000): Collector {
  return {
    name: 'caps',
    start({ now, lose, on }) {
      const counts: Record<string, number> = {};
      on.event.push(({ type }) => {
        const key = type + Math.floor(now() / 60_000);
        const count = (counts[key] ?? 0) + 1;
        counts[key] = count;
        if (count <= maxPerMinute) return false;
        lose('rate_limited');
        return true;
      });
      return [];
    },
  };
}
