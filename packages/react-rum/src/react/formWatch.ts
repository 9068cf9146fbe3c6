import { listen } from '../browser/listen.js';
import { recordTiming } from './recordTiming.js';
import { createWatch, type Watch } from './watch.js';
import { whenLeaving } from './whenLeaving.js';

const IGNORED = '[data-rum-ignore]';
/** What takes an entry; to press a button is no start. */
const FIELD = 'input:not([type=submit],[type=button],[type=reset]),select,textarea';

/**
 * Makes the watch of one component, which records what becomes of a form. Reads which fields are used, never what is in them.
 */
export function createFormWatch(name: string): Watch<HTMLFormElement> {
  let attempt = 0;

  return createWatch((form) => {
    const fields = new Set<string>();
    let lastField: string | null = null;
    /** 0: nobody began. */
    let startedAt = 0;

    function end(outcome: 'submitted' | 'abandoned'): void {
      const now = performance.now();
      recordTiming('form', name, now - (startedAt || now), {
        outcome,
        attempt: ++attempt,
        fields: [...fields].slice(0, 100),
        lastField,
      });
      fields.clear();
      lastField = null;
      startedAt = 0;
    }

    return whenLeaving(
      () => {
        if (startedAt) end('abandoned');
      },
      listen(form, 'focusin input', ({ target }) => {
        const field = target as Element;
        if (!field.matches(FIELD) || field.closest(IGNORED)) return;
        startedAt ||= performance.now();
        lastField = field.getAttribute('name') || field.id || field.localName;
        fields.add(lastField);
      }),
      listen(form, 'submit', () => {
        if (!form.closest(IGNORED)) end('submitted');
      }),
    );
  });
}
