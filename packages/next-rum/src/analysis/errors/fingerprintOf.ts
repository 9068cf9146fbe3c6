import { hashText } from '../hashText.js';
import { messageKey, messageTitle } from './errorMessage.js';
import { stackFrames } from './stackFrames.js';

/** What of an error tells which group it belongs to. */
export interface FingerprintedError {
  /** Of its constructor, such as `TypeError`. */
  readonly name: string;
  readonly message: string;
  /** As the engine wrote it. */
  readonly stack?: string | undefined;
  /** Next's digest of a server error. */
  readonly digest?: string | undefined;
}

export interface Fingerprint {
  /** 16 hexadecimal digits; the same for errors that are alike. */
  readonly fingerprint: string;
  /** One line to call the group by, at most {@link MAX_TITLE} UTF-16 code units. */
  readonly title: string;
}

/** Frames that count. More of them would tell apart what only some engines leave out, as JavaScriptCore does tail calls. */
const FRAMES = 2;
/** UTF-16 code units. */
export const MAX_TITLE = 160;

/**
 * Tells which errors are one: by Next's digest where there is one, else by the name, the message without what varies, and the two
 * innermost functions of the app's own code. Ids, numbers, quoted values, addresses, positions in a file, hashes in its name and
 * the words of an engine make no difference. The hash is not made to withstand somebody who looks for two errors that share one.
 *
 * @example
 * ```ts
 * fingerprintOf({ name: 'Error', message: 'Order 1234 is gone' }).fingerprint ===
 *   fingerprintOf({ name: 'Error', message: 'Order 98 is gone' }).fingerprint; // true
 * ```
 */
export function fingerprintOf({ name, message, stack, digest }: FingerprintedError): Fingerprint {
  const frames = stack === undefined ? [] : appFrames(stack);
  const parts =
    digest === undefined || digest === ''
      ? ['error', name, messageKey(message), ...frames]
      : ['digest', digest];
  const [high, low] = hashText(parts.join('\n'));
  return { fingerprint: `${hex(high)}${hex(low)}`, title: titleOf(name, message, frames[0]) };
}

function appFrames(stack: string): readonly string[] {
  const named: string[] = [];
  for (const frame of stackFrames(stack)) {
    if (!frame.inApp) continue;
    const text = `${frame.function}@${frame.file}`;
    if (text !== '@' && text !== named.at(-1)) named.push(text);
    if (named.length === FRAMES) break;
  }
  return named;
}

function titleOf(given: string, message: string, frame: string | undefined): string {
  const name = given.replace(/\s+/g, ' ').trim();
  const told = messageTitle(message);
  const place = frame === undefined ? '' : ` in ${frame.replace(/^@/, '').replace('@', ', ')}`;
  const said = told.startsWith(`${name}: `) || name === '' ? told : `${name}: ${told}`;
  const title = told === '' ? `${name}${place}` : said;
  // Half a surrogate pair is no character.
  return title.length <= MAX_TITLE
    ? title
    : `${title.slice(0, MAX_TITLE - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
