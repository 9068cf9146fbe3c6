import { INTERACTIONS_PER_OUTLIER, MAX_LONGEST, MAX_RECENT } from '../limits.js';

/** Of an interaction the events that took longest, all alike, at least one. */
type Interaction = readonly [first: PerformanceEventTiming, ...others: PerformanceEventTiming[]];

/** Works out one navigation's metric after another's. */
export interface Inp {
  /** The last events that took long, of interactions or not. */
  readonly recent: readonly PerformanceEventTiming[];
  /** Of the interaction that counts, the events that took longest; the first one's duration is the value. Undefined: none. */
  entries(): Interaction | undefined;
  add(event: PerformanceEventTiming): void;
  /** Another navigation begins. */
  begin(): void;
}

/**
 * Interaction to Next Paint: of a navigation's interactions the longest, less one for every fifty of them.
 *
 * @see https://web.dev/articles/inp
 */
export function createInp(): Inp {
  const recent: PerformanceEventTiming[] = [];
  let longest: [PerformanceEventTiming, ...PerformanceEventTiming[]][] = [];
  /** Of earlier navigations. */
  let countBefore = 0;
  let firstId = 0;
  let lastId = 0;

  /** Chromium numbers interactions in steps of seven; it did so before it told how many there were. */
  const count = (): number => performance.interactionCount ?? (lastId - firstId) / 7 + 1;

  return {
    recent,
    entries() {
      const outliers = Math.floor((count() - countBefore) / INTERACTIONS_PER_OUTLIER);
      return longest[Math.min(longest.length - 1, outliers)];
    },
    add(event) {
      const { interactionId: id, duration, startTime } = event;
      recent.splice(0, recent.push(event) - MAX_RECENT);
      if (!id) return;
      firstId = firstId || id;
      lastId = Math.max(lastId, id);
      const known = longest.find(([first]) => first.interactionId === id);
      if (!known) longest.push([event]);
      else if (duration > known[0].duration) known.splice(0, known.length, event);
      else if (duration === known[0].duration && startTime === known[0].startTime) known.push(event);
      longest.sort(([a], [b]) => b.duration - a.duration).splice(MAX_LONGEST);
    },
    begin() {
      longest = [];
      countBefore = count();
    },
  };
}
