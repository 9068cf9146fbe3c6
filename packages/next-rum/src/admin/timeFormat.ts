const LOCALE = 'en-GB';

/** Time zones that times can be shown in: the viewer's own, or UTC. */
export const ZONES = ['local', 'utc'] as const;
export type Zone = (typeof ZONES)[number];

/** Writes moments (epoch ms) in one time zone. */
export interface TimeFormat {
  readonly zone: Zone;
  /** IANA name of the zone, such as `Europe/Berlin`. */
  readonly zoneName: string;
  /** `23 Nov`. */
  day(time: number): string;
  /** `14:05`. */
  timeOfDay(time: number): string;
  /** `23 Nov, 14:05`. */
  moment(time: number): string;
  /** Names the day once where it is the same: `23 Nov, 14:00 – 14:30`. */
  span(from: number, to: number): string;
}

export function createTimeFormat(zone: Zone): TimeFormat {
  const timeZone = zone === 'utc' ? 'UTC' : undefined;
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(LOCALE, { timeZone, ...options });
  const dayOnly = format({ day: 'numeric', month: 'short' });
  const timeOnly = format({ hour: '2-digit', minute: '2-digit' });
  const both = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  return {
    zone,
    zoneName: timeOnly.resolvedOptions().timeZone,
    day: (time) => dayOnly.format(time),
    timeOfDay: (time) => timeOnly.format(time),
    moment: (time) => both.format(time),
    span: (from, to) =>
      dayOnly.format(from) === dayOnly.format(to)
        ? `${both.format(from)} – ${timeOnly.format(to)}`
        : `${both.format(from)} – ${both.format(to)}`,
  };
}

/** A moment as a `datetime-local` field holds it, to the minute: `2026-11-23T14:05`. */
export function writeField(time: number, zone: Zone): string {
  const offset = zone === 'utc' ? 0 : new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offset).toISOString().slice(0, 16);
}

/** Reads what {@link writeField} writes; null where the field is not filled in. */
export function readField(text: string, zone: Zone): number | null {
  const time = Date.parse(zone === 'utc' ? `${text}Z` : text);
  return Number.isNaN(time) ? null : time;
}
