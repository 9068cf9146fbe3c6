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

/** Frames that count. More of them would tell apart what only some engines leave out, as JavaScriptCore does tail calls. */
const FRAMES = 2;
/** Of a title, in UTF-16 code units. */
export const MAX_TITLE = 160;

/**
 * Tells which errors are one: by Next's digest where there is one, else by the name, the message without what varies, and the two
 * innermost functions of the app's own code. Ids, numbers, quoted values, addresses, positions in a file, hashes in its name and
 * the words of an engine make no difference. The hash is not made to withstand somebody who looks for two errors that share one.
 *
 * @example
 * ```ts
 * fingerprintOf({ name: 'Error', message: 'Order 1234 is gone' }) ===
 *   fingerprintOf({ name: 'Error', message: 'Order 98 is gone' }); // true
 * ```
 */
export function fingerprintOf({ name, message, stack, digest }: FingerprintedError): string {
  const parts =
    digest === undefined || digest === ''
      ? ['error', name, messageKey(message), ...appFrames(stack, FRAMES)]
      : ['digest', digest];
  const [high, low] = hashText(parts.join('\n'));
  return `${hex(high)}${hex(low)}`;
}

function appFrames(stack: string | undefined, most: number): readonly string[] {
  const named: string[] = [];
  if (stack === undefined) return named;
  for (const frame of stackFrames(stack)) {
    if (!frame.inApp) continue;
    const text = `${frame.function}@${frame.file}`;
    if (text !== '@' && text !== named.at(-1)) named.push(text);
    if (named.length === most) break;
  }
  return named;
}

/** One line to call errors by that are alike, at most {@link MAX_TITLE} UTF-16 code units: without ids, numbers and addresses. */
export function errorTitle({ name: given, message, stack }: FingerprintedError): string {
  const name = given.replace(/\s+/g, ' ').trim();
  const title = titleOf(name, message, stack);
  // Half a surrogate pair is no character.
  return title.length <= MAX_TITLE
    ? title
    : `${title.slice(0, MAX_TITLE - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function titleOf(name: string, message: string, stack: string | undefined): string {
  const told = messageTitle(message);
  if (told !== '') return told.startsWith(`${name}: `) || name === '' ? told : `${name}: ${told}`;
  const [frame] = appFrames(stack, 1);
  return frame === undefined ? name : `${name} in ${frame.replace(/^@/, '').replace('@', ', ')}`;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
