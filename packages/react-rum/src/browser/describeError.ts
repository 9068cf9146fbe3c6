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

/** What was thrown, which may be anything. Undefined for what Next throws to steer itself: a redirect is not an error. */
export function describeError(thrown: unknown, source: ErrorSource): ErrorDraft | undefined {
  const { name, message, digest } = fieldsOf(thrown);
  if (/^(NEXT_|BAILOUT_)/.test(String(digest))) return undefined;
  // Errors of other frames are no instances of this one's Error, so the fields decide.
  const isError = typeof message === 'string';
  let stack = '';
  let cause = thrown;
  for (let depth = 0; depth < MAX_CAUSES && cause; depth += 1) {
    const { stack: own, cause: next } = fieldsOf(cause);
    if (depth) stack += `\nCaused by: ${own ?? cause}`;
    else if (typeof own === 'string') stack = own;
    cause = next;
  }
  return {
    type: 'error',
    name: isError ? `${name || 'Error'}` : 'NonError',
    message: (isError ? message : String(thrown)).slice(0, MAX_TEXT),
    stack: stack.slice(0, MAX_STACK) || undefined,
    source,
    digest: digest ? `${digest}` : undefined,
  };
}

function fieldsOf(thrown: unknown): { readonly [field: string]: unknown } {
  return Object(thrown);
}
