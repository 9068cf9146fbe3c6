/** Turns a time (epoch ms) into the ms since 1970-01-01T00:00 that the clock on a wall there would count. */
export type WallClock = (time: number) => number;

const MINUTE = 60_000;
/** Offsets change at such times only, in every zone since 1972. */
const QUARTER_HOUR = 15 * MINUTE;
/** As far as a date goes, https://tc39.es/ecma262/#sec-time-values-and-time-range, less a day for the offset. */
const FARTHEST = 8.64e15 - 86_400_000;

/**
 * @param timeZone IANA name, such as `Europe/Berlin`.
 * @throws {RangeError} Where there is no such zone.
 */
export function createWallClock(timeZone: string): WallClock {
  const format = formatOf(timeZone);
  if (timeZone === 'UTC') return (time) => time;
  let quarterNow = Number.NaN;
  let offsetNow = 0;
  return (time) => {
    const quarter = Math.floor(time / QUARTER_HOUR);
    if (quarter !== quarterNow) {
      quarterNow = quarter;
      offsetNow = offsetAt(format, Math.max(-FARTHEST, Math.min(FARTHEST, quarter * QUARTER_HOUR)));
    }
    return time + offsetNow;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      era: 'short',
    });
  } catch (cause) {
    throw new RangeError(
      `RUM: there is no time zone ${JSON.stringify(timeZone)}; use a name such as Europe/Berlin`,
      {
        cause,
      },
    );
  }
}

function offsetAt(format: Intl.DateTimeFormat, time: number): number {
  const part = { year: 0, month: 1, day: 1, hour: 0, minute: 0 };
  let isBefore = false;
  for (const { type, value } of format.formatToParts(time)) {
    if (type in part) part[type as keyof typeof part] = Number(value);
    else if (type === 'era') isBefore = value === 'BC';
  }
  // Date.UTC takes the years 0 to 99 for those of the last century.
  const wall = new Date(0).setUTCFullYear(isBefore ? 1 - part.year : part.year, part.month - 1, part.day);
  return wall + (part.hour * 60 + part.minute) * MINUTE - Math.floor(time / MINUTE) * MINUTE;
}
