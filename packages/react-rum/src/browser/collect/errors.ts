import { LIMITS } from '../../protocol/index.js';
import type { Collector, EventDraft } from '../collector.js';
import { cut } from '../cut.js';
import { listen } from '../listen.js';

/** Uncaught errors and unhandled rejections. */
export function createErrors(): Collector {
  return {
    name: 'errors',
    start({ record }) {
      const stopErrors = listen(window, 'error', (event) => {
        record(event.error == null ? describeEvent(event) : describeError(event.error, 'window.error'));
      });
      const stopRejections = listen(window, 'unhandledrejection', ({ reason }) => {
        record(describeError(reason, 'unhandledrejection'));
      });
      return () => {
        stopErrors();
        stopRejections();
      };
    },
  };
}

/** What was thrown, which may be anything. Null for what Next throws to steer itself: a redirect is not an error. */
export function describeError(
  thrown: unknown,
  source: 'window.error' | 'unhandledrejection',
): EventDraft | null {
  const { name, message, stack, digest } = Object(thrown) as { readonly [field: string]: unknown };
  if (typeof digest === 'string' && /^(NEXT_|BAILOUT_)/.test(digest)) return null;
  // Errors of other frames are no instances of this one's Error, so the fields decide.
  const known = typeof message === 'string';
  return {
    type: 'error',
    name: (known && typeof name === 'string' && cut(name, LIMITS.label)) || (known ? 'Error' : 'NonError'),
    message: cut(known ? message : String(thrown), LIMITS.text),
    stack: typeof stack === 'string' ? cut(stack, LIMITS.stack) : undefined,
    source,
  };
}

/** Of a script from another origin the browser tells "Script error." at most; where there is a position it is kept. */
function describeEvent({ message, filename, lineno, colno }: ErrorEvent): EventDraft {
  return {
    type: 'error',
    name: 'Error',
    message: cut(message, LIMITS.text),
    stack: filename ? cut(`    at ${filename}:${lineno}:${colno}`, LIMITS.stack) : undefined,
    source: 'window.error',
  };
}
