'use client';

import { type RefObject, useEffect, useMemo } from 'react';
import { createVisibleWatch, type VisibleOptions, type VisibleTarget } from './visibleWatch.js';

/**
 * Records that an element was seen and for how long, as a timing of kind `visible`. Visible is it from half of its area on,
 * or filling half of the viewport's height, for at least one second without a break, in a page that is shown itself
 * (see {@link VisibleOptions}); shorter stretches do not count.
 *
 * Recorded is the sum of these stretches, in ms, when the element goes, when `<Activity>` hides it, and when the page is
 * hidden or left; nothing where there was none. The first of a component says `{ first: true }`, so the firsts are the
 * impressions and the durations of all add up to the time seen.
 *
 * @param ref Of an element, or of a `<Fragment>` in React 19.3: then any of its elements will do. It may be set later.
 * @param name Up to 512 characters.
 * @example
 * ```tsx
 * import { useTrackVisible } from '@rumkit/react-rum';
 * import { useRef } from 'react';
 *
 * export function Promo() {
 *   const ref = useRef<HTMLElement>(null);
 *   useTrackVisible(ref, 'promo', { threshold: 0.8, minDuration: 2000 });
 *   return <section ref={ref}>Every lamp −20 %</section>;
 * }
 * ```
 */
export function useTrackVisible(
  ref: RefObject<VisibleTarget | null>,
  name: string,
  { threshold, minDuration }: VisibleOptions = {},
): void {
  const watch = useMemo(
    () => createVisibleWatch(name, threshold, minDuration),
    [name, threshold, minDuration],
  );
  // After each render, because each may have set the ref, or moved it to another element.
  useEffect(() => watch(ref.current));
  useEffect(() => () => watch(null), [watch]);
}
