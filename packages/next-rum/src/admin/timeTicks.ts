const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE);
const DAY_STEPS = [1, 2, 5, 7, 14];

/**
 * Times (epoch ms) to label on an axis: round ones in the viewer's time zone, so that midnight is midnight there.
 *
 * @param from Start of the axis, epoch ms.
 * @param to End of the axis, epoch ms.
 * @param most How many labels there is room for.
 */
export function timeTicks(from: number, to: number, most: number): readonly number[] {
  const step = STEPS.find((candidate) => (to - from) / candidate <= most);
  const next =
    step === undefined
      ? dayStepper(DAY_STEPS.find((days) => (to - from) / (days * DAY) <= most) ?? 30)
      : (time: Date) => time.setMinutes(time.getMinutes() + step / MINUTE);
  const ticks: number[] = [];
  const time = new Date(from);
  time.setHours(0, 0, 0, 0);
  while (time.getTime() < to) {
    if (time.getTime() >= from) ticks.push(time.getTime());
    next(time);
  }
  return ticks;
}

// Days are stepped by the calendar: a day is 23 or 25 hours long where clocks change.
function dayStepper(days: number): (time: Date) => void {
  return (time) => time.setDate(time.getDate() + days);
}
