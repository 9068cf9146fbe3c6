import { createWallClock, type WallClock } from '../anomaly/wallClock.js';
import { WEEKDAYS, type Weekday } from '../rules/alertSchedule.js';

/** A week that a report is about: seven whole days by the clock on the wall, and the seven before. Epoch ms. */
export interface ReportWeek {
  /** When it is due. */
  readonly due: number;
  readonly from: number;
  readonly to: number;
  /** Begin of the week before. */
  readonly before: number;
  /** Its first day, `2026-11-16`: names the report. */
  readonly name: string;
  /** Beginnings of its days. */
  readonly days: readonly number[];
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = WEEKDAYS.indexOf('thu');

/**
 * The latest report that is due by now: of the seven days before the one that it is due on. Days are those of the clock on the wall: one on which clocks are
 * changed has 23 or 25 hours.
 *
 * @param at `HH:MM`.
 * @param timeZone IANA name.
 *
 * @example
 * ```ts
 * const { from, to } = reportWeek({ day: 'mon', at: '08:00', timeZone: 'Europe/Berlin' }, Date.now());
 * ```
 */
export function reportWeek(
  { day, at, timeZone }: { readonly day: Weekday; readonly at: string; readonly timeZone: string },
  now: number,
): ReportWeek {
  const wallClock = createWallClock(timeZone);
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const today = Math.floor(wallClock(now) / DAY);
  const since = (today + FIRST_WEEKDAY - WEEKDAYS.indexOf(day) + 7) % 7;
  const dueOn = (first: number): number => momentOf(wallClock, first * DAY + (hours * 60 + minutes) * MINUTE);
  const first = dueOn(today - since) <= now ? today - since : today - since - 7;
  const midnight = (which: number): number => momentOf(wallClock, which * DAY);
  return {
    due: dueOn(first),
    from: midnight(first - 7),
    to: midnight(first),
    before: midnight(first - 14),
    name: new Date((first - 7) * DAY).toISOString().slice(0, 10),
    days: Array.from({ length: 7 }, (_, place) => midnight(first - 7 + place)),
  };
}

/** When the clock on the wall shows something: the first time where it does twice, and where it never does, as long after the hour that is left out. */
function momentOf(wallClock: WallClock, wall: number): number {
  const moments = [wall - DAY, wall + DAY].map((near) => wall - (wallClock(near) - near));
  return Math.min(...moments.filter((moment) => wallClock(moment) === wall), Math.max(...moments));
}
