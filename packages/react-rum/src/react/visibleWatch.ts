import { listen } from '../browser/listen.js';
import { recordTiming } from './recordTiming.js';
import { createWatch, type Watch } from './watch.js';
import { whenLeaving } from './whenLeaving.js';

/** What can be watched: an element, or what React 19.3 gives to the `ref` of a `<Fragment>`. */
export type VisibleTarget =
  | Element
  | {
      observeUsing(observer: IntersectionObserver): void;
      unobserveUsing(observer: IntersectionObserver): void;
    };

/** When something counts as visible. */
export interface VisibleOptions {
  /** Share of the element, or for an element taller than the viewport of the viewport's height, 0–1. Default 0.5. */
  readonly threshold?: number | undefined;
  /** Shortest stretch that counts, in ms. Default 1,000. */
  readonly minDuration?: number | undefined;
}

/**
 * Makes the watch of one component, which records a timing of kind `visible` for what it was told to watch.
 *
 * The defaults are those of a viewable impression: half of it for one second (Media Rating Council, Viewable Ad Impression
 * Measurement Guidelines 2.0, 2015).
 */
export function createVisibleWatch(name: string, threshold = 0.5, minDuration = 1000): Watch<VisibleTarget> {
  let first = true;

  return createWatch((target) => {
    // jsdom has none, in which an application runs its own tests.
    if (!('IntersectionObserver' in window)) return () => {};
    const shown = new Set<Element>();
    /** Of the stretch under way; 0: none is. */
    let since = 0;
    let duration = 0;

    /** Ends a stretch; where the target goes on being visible, the next begins. */
    function turn(): void {
      const now = performance.now();
      if (since && now - since >= minDuration) duration += now - since;
      since = shown.size > 0 && !document.hidden ? now : 0;
    }

    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const isEnough =
            entry.intersectionRatio >= threshold || entry.intersectionRect.height >= threshold * innerHeight;
          shown[entry.isIntersecting && isEnough ? 'add' : 'delete'](entry.target);
        }
        if (!since !== !shown.size) turn();
      },
      // Each hundredth, so that a section of many screens is noticed when it fills half of one.
      { threshold: Array.from(Array(101), (_, step) => step / 100) },
    );
    if ('observeUsing' in target) target.observeUsing(observer);
    else observer.observe(target);

    return whenLeaving(
      () => {
        turn();
        if (duration === 0) return;
        recordTiming('visible', name, duration, { first });
        first = false;
        duration = 0;
      },
      listen(document, 'visibilitychange', turn),
      () => {
        if ('observeUsing' in target) target.unobserveUsing(observer);
        observer.disconnect();
      },
    );
  });
}
