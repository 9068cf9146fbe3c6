import type { Collector } from '../collector.js';

/** Keeps a page that goes wild from flooding its own network: so many events of one type a minute. */
export function createCaps(maxPerMinute = 3000): Collector {
  return {
    name: 'caps',
    start({ now, lose, on }) {
      let minute = 0;
      let counts: Record<string, number> = {};
      on.event.push(({ type }) => {
        const minuteNow = Math.floor(now() / 60_000);
        if (minuteNow !== minute) counts = {};
        minute = minuteNow;
        const count = (counts[type] ?? 0) + 1;
        counts[type] = count;
        if (count <= maxPerMinute) return false;
        lose('rate_limited');
        return true;
      });
      return [];
    },
  };
}
