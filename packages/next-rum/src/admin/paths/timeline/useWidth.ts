import { type RefObject, useEffect, useRef, useState } from 'react';

const UNKNOWN = 900;

/** How wide an element is, CSS pixels, so that what is drawn in it keeps the size of its text. */
export function useWidth<E extends HTMLElement>(): readonly [RefObject<E | null>, number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(UNKNOWN);
  useEffect(() => {
    const element = ref.current;
    // Tests run without layout.
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
