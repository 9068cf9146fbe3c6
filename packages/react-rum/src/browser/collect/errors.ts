import type { Collector } from '../collector.js';
import { describeError, type ErrorDraft } from '../describeError.js';
import { guard } from '../guard.js';
import { listen } from '../listen.js';
import { withoutQuery } from '../withoutQuery.js';
import { wrapMethod } from '../wrapMethod.js';

/** Different errors of which repetitions are counted until the next flush. */
const MAX_FOLDS = 100;

/**
 * Uncaught errors, unhandled rejections, `console.error`, files that did not load, violations of the page's Content
 * Security Policy, and what the browser reports of deprecations and interventions. Repetitions become one event with a count.
 */
export const errors: Collector = {
  name: 'errors',
  start({ record, recorder, onFlush }) {
    /** Who told first of something thrown: React tells the console and the boundary, each once. */
    const tellers = new WeakMap<object, string>();
    /** What was seen since the last flush, with how often it was seen again. */
    const folds = new Map<string, { readonly draft: ErrorDraft; again: number }>();
    function tell(draft: ErrorDraft | undefined, at?: number, componentStack?: string | null): void {
      if (!draft) return;
      if (componentStack) draft.componentStack = componentStack;
      const key = draft.source + draft.name + draft.message + draft.stack;
      const fold = folds.get(key);
      if (fold) {
        fold.again += 1;
      } else {
        if (folds.size < MAX_FOLDS) folds.set(key, { draft, again: 0 });
        record(draft, at);
      }
    }
    function tellThrown(
      thrown: unknown,
      source: ErrorDraft['source'],
      at?: number,
      componentStack?: string | null,
    ): void {
      if (thrown instanceof Object) {
        const teller = tellers.get(thrown) ?? source;
        tellers.set(thrown, teller);
        if (teller !== source) return;
      }
      tell(describeError(thrown, source), at, componentStack);
    }
    function tellPlain(
      name: string,
      message: unknown,
      source: ErrorDraft['source'],
      stack?: string | undefined,
    ): void {
      tell({ type: 'error', name, message: `${message}`, source, stack });
    }

    recorder.error = (at, error, { source = 'reported', componentStack } = {}) => {
      tellThrown(error, source, at, componentStack);
    };
    onFlush.push(() => {
      for (const [key, { draft, again }] of folds) {
        folds.delete(key);
        if (again) record({ ...draft, count: again });
      }
    });

    const stops = [
      listen<ErrorEvent>(window, 'error', ({ error, message, filename, lineno, colno, target }) => {
        if (target instanceof Element) {
          const { localName } = target;
          const url = target.getAttribute('src') ?? target.getAttribute('href') ?? '';
          tellPlain('ResourceError', `${localName} ${withoutQuery(url)}`, 'resource');
        } else if (error != null) tellThrown(error, 'window.error');
        // Of a script from another origin the browser tells "Script error." at most.
        else tellPlain('Error', message, 'window.error', placeOf(filename, lineno, colno));
      }),
      listen<PromiseRejectionEvent>(window, 'unhandledrejection', ({ reason }) => {
        tellThrown(reason, 'unhandledrejection');
      }),
      listen<SecurityPolicyViolationEvent>(
        document,
        'securitypolicyviolation',
        ({ effectiveDirective, blockedURI, sourceFile, lineNumber, columnNumber }) =>
          tellPlain(
            'SecurityPolicyViolation',
            `${effectiveDirective} ${withoutQuery(blockedURI)}`,
            'csp',
            placeOf(sourceFile, lineNumber, columnNumber),
          ),
      ),
      wrapMethod(console, 'error', (log, args) => {
        try {
          const thrown = args.find((argument) => argument instanceof Error);
          // React tells the console before it tells the boundary, which knows more.
          if (thrown) queueMicrotask(guard(() => tellThrown(thrown, 'console.error')));
          else tellPlain('Error', args.map(String).join(' '), 'console.error');
        } catch {
          // An argument that throws when it is read. The page's own console must not suffer from being watched.
        }
        log(...args);
      }),
    ];
    if ('ReportingObserver' in window) {
      const observer = new ReportingObserver(
        (reports) => {
          for (const { type = 'report', body } of reports) {
            const { id = type, message, sourceFile, lineNumber, columnNumber } = body as ReportedBody;
            tellPlain(id, message, 'report', placeOf(sourceFile, lineNumber, columnNumber));
          }
        },
        { types: ['deprecation', 'intervention'], buffered: true },
      );
      observer.observe();
      stops.push(() => observer.disconnect());
    }
    return () => {
      for (const stop of stops) stop();
    };
  },
};

/** What deprecations and interventions say. https://w3c.github.io/reporting/ */
interface ReportedBody {
  readonly id?: string;
  readonly message: string;
  readonly sourceFile: string | null;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** A place as a stack with one frame. */
function placeOf(file: string | null | undefined, line: number, column: number): string | undefined {
  return file ? `    at ${file}:${line}:${column}` : undefined;
}
