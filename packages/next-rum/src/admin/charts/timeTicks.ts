import type { Zone } from '../timeFormat.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE);
const DAY_STEPS = [1, 2, 5, 7, 14, 30, 60];

/**
 * Times (epoch ms) to label on an axis: round ones in the zone, so that midnight is midnight there.
 *
 * @param from Start of the axis, epoch ms.
 * @param to End of the axis, epoch ms.
 * @param most How many labels there is room for.
 */
export function timeTicks(from: number, to: number, most: number, zone: Zone = 'local'): readonly number[] {
  const step = STEPS.find((candidate) => (to - from) / candidate <= most);
  const days = DAY_STEPS.find((candidate) => (to - from) / (candidate * DAY) <= most) ?? 90;
  const utc = zone === 'utc';
  // Days are stepped by the calendar: a day is 23 or 25 hours long where clocks change.
  const next = (time: Date): void => {
    if (utc) time.setTime(time.getTime() + (step ?? days * DAY));
    else if (step === undefined) time.setDate(time.getDate() + days);
    else time.setMinutes(time.getMinutes() + step / MINUTE);
  };
  const ticks: number[] = [];
  const time = new Date(from);
  if (utc) time.setUTCHours(0, 0, 0, 0);
  else time.setHours(0, 0, 0, 0);
  while (time.getTime() < to) {
    if (time.getTime() >= from) ticks.push(time.getTime());
    next(time);
  }
  return ticks;
}
