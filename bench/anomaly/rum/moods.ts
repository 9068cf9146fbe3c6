import type { Random } from '../random.js';

/** What no calendar knows, such as weather, campaigns and news: it wanders, and comes back within half a day. */
export interface Mood {
  /** Around 0. */
  readonly at: (t: number) => number;
}

const HOUR = 3_600_000;
/** Of the mood of an hour, what is left in the next. */
const LASTS = 0.9;

/** @param spread Standard deviation. */
export function createMood(random: Random, from: number, to: number, spread: number): Mood {
  const hours = Math.ceil((to - from) / HOUR) + 2;
  const moods = new Float64Array(hours);
  let mood = spread * random.normal();
  for (let hour = 0; hour < hours; hour += 1) {
    mood = LASTS * mood + spread * Math.sqrt(1 - LASTS * LASTS) * random.normal();
    moods[hour] = mood;
  }
  return {
    at: (t) => {
      const hour = Math.floor((t - from) / HOUR);
      const part = (t - from) / HOUR - hour;
      return (1 - part) * (moods[hour] ?? 0) + part * (moods[hour + 1] ?? 0);
    },
  };
}
