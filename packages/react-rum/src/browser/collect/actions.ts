import type { ActionKind, Frustration } from '../../protocol/index.js';
import type { Activity } from '../activity.js';
import type { Collector, Stop } from '../collector.js';
import { guard } from '../guard.js';
import { DEAD_MS, MAX_ACTION_NAME, RAGE_CLICKS, RAGE_MS, RAGE_PX, SILENCE_MS } from '../limits.js';
import { listen } from '../listen.js';
import type { RumAgentOptions } from '../options.js';
import { registry } from '../registry.js';
import { selectorOf } from '../selectorOf.js';

/** What a click inside is meant for. */
const CLICKABLE = '[data-rum-action],a,button,input,select,textarea,label,summary,[role]:not([role=img])';
/** Clicks on these do something that a page does not show, or nothing is expected of them. */
const NEVER_DEAD = 'a[href],input,select,textarea,label,canvas,video,[contenteditable],body';

/** Clicks, submits, changes and keyboard activation, what came of them, and what was frustrating. Values are never read. */
export function createActions(
  { privacy, actionText = privacy === 'consent' }: RumAgentOptions,
  activity: Activity,
): Collector {
  return {
    name: 'actions',
    start({ now, at: timeOf, views, record, on }) {
      const waiting = new Set<Stop>();
      let clicks: { readonly element: Element; readonly event: MouseEvent }[] = [];

      function isRage(element: Element, event: MouseEvent): boolean {
        clicks = clicks.filter(
          ({ element: other, event: { timeStamp, clientX, clientY } }) =>
            other === element &&
            event.timeStamp - timeStamp <= RAGE_MS &&
            Math.hypot(event.clientX - clientX, event.clientY - clientY) <= RAGE_PX,
        );
        clicks.push({ element, event });
        return clicks.length >= RAGE_CLICKS;
      }

      const stop = listen<MouseEvent>(window, 'click submit change', (event) => {
        const [hit] = event.composedPath();
        const view = views.current();
        if (!event.isTrusted || !view || !(hit instanceof Element) || hit.closest('[data-rum-ignore]'))
          return;
        const element = hit.closest(CLICKABLE) ?? hit;
        // Of a click made with the keyboard the browser counts none.
        const kind = (event.type === 'click' && !event.detail ? 'key' : event.type) as ActionKind;

        const at = timeOf(event.timeStamp);
        const name = nameOf(element, actionText);
        const target = selectorOf(element) as string;
        const { resource = 0, error = 0 } = view.counts;
        const isClick = kind === 'click';
        const frustrations: Frustration[] = [];
        const meet = (frustration: Frustration): void => {
          frustrations.push(frustration);
          guard(() => registry().hooks.onFrustration?.({ frustration, name, target }))();
        };
        if (isClick && isRage(element, event)) meet('rage');

        const finish = activity.wait(isClick ? DEAD_MS : SILENCE_MS, (activeAt) => {
          waiting.delete(finish);
          const { counts } = view;
          const errors = (counts.error ?? 0) - error;
          const navigated = views.current() !== view;
          if (errors) meet('error');
          if (isClick && !activeAt && !navigated && now() - at >= DEAD_MS && !element.matches(NEVER_DEAD))
            meet('dead');
          record(
            {
              type: 'action',
              name,
              kind,
              target,
              duration: activeAt ? Math.max(0, activeAt - at) : 0,
              requests: (counts.resource ?? 0) - resource || undefined,
              errors: errors || undefined,
              navigated: navigated || undefined,
              frustrations: frustrations[0] && frustrations,
            },
            at,
            view,
          );
        });
        waiting.add(finish);
      });

      on.flush.push((isLeaving) => {
        if (isLeaving) for (const finish of waiting) finish();
      });
      return [stop];
    },
  };
}

/** What the application calls it, else what a visitor reads on it where that may be told, else what it is. */
function nameOf(element: Element, isTextAllowed: boolean): string {
  const attribute = (name: string): string | null => element.getAttribute(name);
  const texts = isTextAllowed
    ? [
        (element as HTMLInputElement).labels?.[0]?.textContent,
        // What was typed into an editable element is its text too.
        element.matches(`:is(${CLICKABLE}):not(select,textarea,[contenteditable],[contenteditable] *)`) &&
          element.textContent,
        ...['aria-label', 'alt', 'title'].map(attribute),
      ]
    : [];
  const name = [
    element.closest('[data-rum-action]')?.getAttribute('data-rum-action'),
    ...texts,
    attribute('role'),
    element.localName,
  ].find((text) => text && /\S/.test(text));
  return `${name}`.trim().replace(/\s+/g, ' ').slice(0, MAX_ACTION_NAME);
}
