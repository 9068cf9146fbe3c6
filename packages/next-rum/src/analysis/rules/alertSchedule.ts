import { createWallClock } from '../anomaly/wallClock.js';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A part of the week, by the clock on the wall of the site's time zone. */
export interface AlertWindow {
  /** On which it begins; default all. */
  readonly days?: readonly Weekday[];
  /** `HH:MM`, 00:00 to 23:59. */
  readonly from: string;
  /** `HH:MM`, up to 24:00, not included. Not later than `from`: of the next day. */
  readonly to: string;
}

const MINUTE = 60_000;
const QUARTER_HOUR = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = WEEKDAYS.indexOf('thu');
/** The longest that any window is away, and what a change of clocks adds to it. */
const FARTHEST = 8 * DAY;

/**
 * The first moment at or after a time that is within one of some windows: the time itself where it is. Right where clocks are changed: a window
 * that begins in the hour that is left out begins after it, and one in the hour that comes twice holds both times.
 *
 * @param windows None: always.
 * @param timeZone IANA name.
 * @param time Epoch ms.
 */
export function nextWithin(windows: readonly AlertWindow[], timeZone: string, time: number): number {
  if (windows.length === 0) return time;
  const wallClock = createWallClock(timeZone);
  const isWithin = (at: number): boolean => windows.some((window) => holds(window, wallClock(at)));
  if (isWithin(time)) return time;
  const openings = [...beginnings(windows, wallClock, time), ...quarterHours(time)]
    .filter((at) => at > time)
    .sort((a, b) => a - b);
  // Every window begins within a week.
  return openings.find(isWithin) ?? time + FARTHEST;
}

function holds({ days = WEEKDAYS, from, to }: AlertWindow, wall: number): boolean {
  const day = Math.floor(wall / DAY);
  const at = wall - day * DAY;
  const beginsOn = (which: number): boolean => {
    const weekday = WEEKDAYS[(((which + FIRST_WEEKDAY) % 7) + 7) % 7];
    return weekday !== undefined && days.includes(weekday);
  };
  const [begins, ends] = [timeOfDay(from), timeOfDay(to)];
  if (ends > begins) return beginsOn(day) && at >= begins && at < ends;
  return (beginsOn(day) && at >= begins) || (beginsOn(day - 1) && at < ends);
}

/** When the clock on the wall shows the beginning of a window, by the offsets of the day before and the day after. */
function beginnings(
  windows: readonly AlertWindow[],
  wallClock: (time: number) => number,
  time: number,
): number[] {
  const first = Math.floor(wallClock(time) / DAY) - 1;
  return windows.flatMap(({ from }) =>
    Array.from({ length: FARTHEST / DAY + 1 }, (_, place) => {
      const wall = (first + place) * DAY + timeOfDay(from);
      return [wall - DAY, wall + DAY].map((near) => wall - (wallClock(near) - near));
    }).flat(),
  );
}

/** Clocks are changed at such moments only, and a window may begin with that. */
function quarterHours(time: number): number[] {
  const first = Math.ceil(time / QUARTER_HOUR);
  return Array.from({ length: FARTHEST / QUARTER_HOUR }, (_, place) => (first + place) * QUARTER_HOUR);
}

/** ms since midnight. */
function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE;
}
