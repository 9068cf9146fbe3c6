import { type RefObject, useEffect, useRef, useState } from 'react';
import { usePrinting } from '../print/usePrinting.js';

/** How far before it comes into sight something counts as seen. */
const MARGIN = '400px';

/** Whether an element has been in sight, or is about to be. */
export function useSeen<E extends Element>(): readonly [place: RefObject<E | null>, seen: boolean] {
  const place = useRef<E>(null);
  const [seen, setSeen] = useState(false);
  const printing = usePrinting();
  useEffect(() => {
    const element = place.current;
    if (element === null || seen) return;
    // What is printed has not been scrolled to.
    if (printing || typeof IntersectionObserver === 'undefined') {
      setSeen(true);
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [seen, printing]);
  return [place, seen];
}
