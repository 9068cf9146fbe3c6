import type { ErrorSource } from '../../protocol/index.js';
import type { Collector, Stop } from '../collector.js';
import { describeError, type ErrorDraft } from '../describeError.js';
import { guard } from '../guard.js';
import { MAX_FOLDS } from '../limits.js';
import { listen } from '../listen.js';
import { withoutQuery } from '../withoutQuery.js';
import { wrapMethod } from '../wrapMethod.js';

/** Where something was said to be wrong: by an error event, a violation, or a report. */
interface Place {
  readonly sourceFile?: string | null;
  /** Or line and column. */
  readonly lineNumber?: number | string | null;
}

/**
 * Uncaught errors, unhandled rejections, `console.error`, files that did not load, violations of the page's Content
 * Security Policy, and what the browser reports of deprecations and interventions. Repetitions become one event with a count.
 */
export const errors: Collector = {
  name: 'errors',
  start({ record, recorder, on }) {
    /** Who told first of something thrown: React tells the console and the boundary, each once. */
    const tellers = new WeakMap<object, ErrorSource>();
    /** What was seen since the last flush, with how often it was seen again. */
    const folds = new Map<string, { readonly draft: ErrorDraft; again: number }>();

    function tell(draft: ErrorDraft | undefined, at?: number): void {
      if (!draft) return;
      const key = draft.source + draft.message + draft.stack;
      const fold = folds.get(key);
      if (fold) {
        fold.again += 1;
        return;
      }
      if (folds.size < MAX_FOLDS) folds.set(key, { draft, again: 0 });
      record(draft, at);
    }
    function tellThrown(
      thrown: unknown,
      source: ErrorSource,
      at?: number,
      componentStack?: string | null,
    ): void {
      if (thrown instanceof Object) {
        const teller = tellers.get(thrown) ?? source;
        tellers.set(thrown, teller);
        if (teller !== source) return;
      }
      const draft = describeError(thrown, source);
      if (draft && componentStack) draft.componentStack = componentStack;
      tell(draft, at);
    }
    function tellPlain(name: string, message: string, source: ErrorSource, place: Place = {}): void {
      const { sourceFile, lineNumber } = place;
      const stack = sourceFile ? `    at ${sourceFile}:${lineNumber}` : undefined;
      tell({ type: 'error', name, message, source, stack });
    }

    recorder.error = (at, error, { source = 'reported', componentStack } = {}) => {
      tellThrown(error, source, at, componentStack);
    };
    on.flush.push(() => {
      // Let go of one by one, before it is recorded: should the page end meanwhile, it is asked once more.
      for (const [key, { draft, again }] of [...folds]) {
        folds.delete(key);
        if (again) record({ ...draft, count: again });
      }
    });

    const stops: Stop[] = [
      listen<ErrorEvent>(window, 'error', ({ error, message, filename, lineno, colno, target }) => {
        if (target instanceof Element) {
          const url = target.getAttribute('src') ?? target.getAttribute('href');
          tellPlain('ResourceError', `${target.localName} ${withoutQuery(url ?? '')}`, 'resource');
        } else if (error != null) {
          tellThrown(error, 'window.error');
        } else {
          // Of a script from another origin the browser tells "Script error." at most.
          tellPlain('Error', message, 'window.error', {
            sourceFile: filename,
            lineNumber: `${lineno}:${colno}`,
          });
        }
      }),
      listen<PromiseRejectionEvent>(window, 'unhandledrejection', ({ reason }) => {
        tellThrown(reason, 'unhandledrejection');
      }),
      listen<SecurityPolicyViolationEvent>(document, 'securitypolicyviolation', (violation) => {
        const what = `${violation.effectiveDirective} ${withoutQuery(violation.blockedURI)}`;
        tellPlain('SecurityPolicyViolation', what, 'csp', violation);
      }),
      wrapMethod(console, 'error', (log, args) => {
        guard(() => {
          const thrown = args.find((argument) => argument instanceof Error);
          // React tells the console before it tells the boundary, which knows more.
          if (thrown) queueMicrotask(guard(() => tellThrown(thrown, 'console.error')));
          else tellPlain('Error', args.join(' '), 'console.error');
        })();
        log(...args);
      }),
    ];
    if (globalThis.ReportingObserver) {
      const observer = new ReportingObserver(
        (reports) => {
          for (const { type = '', body } of reports) {
            const report = body as Place & { readonly id?: string; readonly message: string };
            tellPlain(report.id ?? type, report.message, 'report', report);
          }
        },
        { types: ['deprecation', 'intervention'], buffered: true },
      );
      observer.observe();
      stops.push(() => observer.disconnect());
    }
    return stops;
  },
};
