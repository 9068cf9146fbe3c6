/** From when to when something was seen, epoch ms. */
export interface Seen {
  first: number;
  last: number;
}

/** Digits of a time, so that texts are in the order of the times and a database can tell the least of them. */
const DIGITS = 16;
/** No time of a row is before it. */
const ORIGIN = 10 ** (DIGITS - 1);

export function neverSeen(): Seen {
  return { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
}

export function addSeen(into: Seen, { first, last }: Seen): void {
  into.first = Math.min(into.first, first);
  into.last = Math.max(into.last, last);
}

/** As text of {@link DIGITS} digits each, first and last. */
export function writeSeen({ first, last }: Seen): string {
  return `${first + ORIGIN}${last + ORIGIN}`;
}

/** Reads what {@link writeSeen} wrote. */
export function readSeen(text: string): Seen {
  return { first: Number(text.slice(0, DIGITS)) - ORIGIN, last: Number(text.slice(DIGITS)) - ORIGIN };
}

/** Where in the text a time is, for a database: from which character on, counted from 1, and how many. */
export const SEEN_PLACES: { readonly [time in keyof Seen]: readonly [from: number, length: number] } = {
  first: [1, DIGITS],
  last: [DIGITS + 1, DIGITS],
};
