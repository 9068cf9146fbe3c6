import type { ErrorSource } from '../protocol/index.js';
import { MAX_STACK, MAX_TEXT } from '../protocol/limits.js';
import { MAX_CAUSES } from './limits.js';

/** An error event before it is known where it belongs. */
export interface ErrorDraft {
  readonly type: 'error';
  readonly name: string;
  readonly message: string;
  readonly source: ErrorSource;
  stack?: string | undefined;
  componentStack?: string | undefined;
  digest?: string | undefined;
  count?: number;
}

/** Of anything that may be thrown. */
interface Fields {
  readonly [field: string]: unknown;
}

/** What was thrown, which may be anything. Undefined for what Next throws to steer itself: a redirect is not an error. */
export function describeError(thrown: unknown, source: ErrorSource): ErrorDraft | undefined {
  const { name, message, digest } = Object(thrown) as Fields;
  if (/^(NEXT_|BAILOUT_)/.test(`${digest}`)) return undefined;
  // Errors of other frames are no instances of this one's Error, so the fields decide.
  const isError = typeof message === 'string';
  let stack = '';
  let cause = thrown;
  for (let depth = 0; cause && depth < MAX_CAUSES; depth += 1) {
    const { stack: own, cause: next } = Object(cause) as Fields;
    stack += depth ? `\nCaused by: ${own ?? cause}` : (own ?? '');
    cause = next;
  }
  return {
    type: 'error',
    name: isError ? `${name || 'Error'}` : 'NonError',
    message: (isError ? message : String(thrown)).slice(0, MAX_TEXT),
    stack: stack.slice(0, MAX_STACK) || undefined,
    source,
    digest: digest as string | undefined,
  };
}
