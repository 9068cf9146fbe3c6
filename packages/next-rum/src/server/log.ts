/** Writes one line about something an operator should know. `fields` are data and may come from the network. */
export type Log = (event: string, fields: { readonly [name: string]: string | number }) => void;

/** Lines a minute. The collector is public: whoever sends rubbish must not be able to fill the disk. */
const LINES_PER_MINUTE = 20;

/**
 * Makes a {@link Log} whose every call is at most one line: fields are escaped so that they cannot forge another line or
 * steer a terminal, passwords in URLs are masked, and what exceeds 20 lines a minute is only counted.
 *
 * @param write Takes a line without its end.
 * @param now Epoch milliseconds.
 */
export function createLog(write: (line: string) => void, now: () => number): Log {
  let windowStart = Number.NEGATIVE_INFINITY;
  let written = 0;
  let suppressed = 0;
  return (event, fields) => {
    const time = now();
    if (time - windowStart >= 60_000 || time < windowStart) {
      windowStart = time;
      written = 0;
    }
    if (written >= LINES_PER_MINUTE) {
      suppressed += 1;
      return;
    }
    written += 1;
    write(`RUM: ${escapeLine(JSON.stringify({ event, ...fields, ...(suppressed > 0 && { suppressed }) }))}`);
    suppressed = 0;
  };
}

/** What JSON leaves unescaped but a terminal or log viewer may obey: C1 controls, line separators, bidi marks. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const URL_PASSWORD = /:\/\/[^\s/@"]{1,256}@/g;

function escapeLine(json: string): string {
  return json
    .replace(URL_PASSWORD, '://***@')
    .replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The text of anything that was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
