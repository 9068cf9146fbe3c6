import { INTERACTIONS_PER_OUTLIER, MAX_LONGEST, MAX_RECENT } from '../limits.js';

/** What is compared again and again stands beside the browser's entries, which are slow to read. */
interface Interaction {
  readonly id: number;
  /** Of its longest event, in ms. */
  duration: number;
  startTime: number;
  /** The events that took longest, all alike, at least one. */
  entries: PerformanceEventTiming[];
}

/** Works out one navigation's metric after another's. */
export interface Inp {
  /** The last events that took long, of interactions or not. */
  readonly recent: readonly PerformanceEventTiming[];
  /** Something was added since that may change it. */
  readonly isChanged: boolean;
  /** The interaction that counts; its duration is the value. Undefined: there was none. */
  longest(): Readonly<Interaction> | undefined;
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
  let longest: Interaction[] = [];
  let isChanged = false;
  /** Of earlier navigations. */
  let countBefore = 0;
  let firstId = 0;
  let lastId = 0;

  /** Chromium numbers interactions in steps of seven; it did so before it told how many there were. */
  const count = (): number => performance.interactionCount ?? (lastId - firstId) / 7 + 1;

  return {
    recent,
    get isChanged() {
      return isChanged;
    },
    longest() {
      isChanged = false;
      const last = longest.length - 1;
      return longest[last && Math.min(last, Math.floor((count() - countBefore) / INTERACTIONS_PER_OUTLIER))];
    },
    add(event) {
      const { interactionId: id, duration, startTime } = event;
      if (recent.push(event) > MAX_RECENT) recent.shift();
      if (!id) return;
      firstId = firstId || id;
      lastId = Math.max(lastId, id);
      const known = longest.find((interaction) => interaction.id === id);
      if (!known && duration <= (longest[MAX_LONGEST - 1]?.duration ?? 0)) return;
      isChanged = true;
      if (!known) longest.push({ id, duration, startTime, entries: [event] });
      else if (duration > known.duration) Object.assign(known, { duration, startTime, entries: [event] });
      else if (duration === known.duration && startTime === known.startTime) known.entries.push(event);
      longest.sort((a, b) => b.duration - a.duration).splice(MAX_LONGEST);
    },
    begin() {
      longest = [];
      countBefore = count();
    },
  };
}
