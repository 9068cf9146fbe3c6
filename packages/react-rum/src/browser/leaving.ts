import { listen } from './listen.js';

/** What to do when the page may be going. */
export interface Leaving {
  /** Once each time the visitor turns away, before `flush`. */
  readonly settle: () => void;
  /** @param last The document itself goes; else it is only hidden, which on phones is often the last thing heard. */
  readonly flush: (last: boolean) => void;
}

/**
 * Watches for the page being hidden or left. Both are told, in the order in which the browser has them: vitals may
 * change between the two.
 *
 * @returns Stops watching.
 */
export function whenLeaving({ settle, flush }: Leaving): () => void {
  let away = false;
  function leave(last: boolean): void {
    if (!away) settle();
    away = true;
    flush(last);
  }
  const stops = [
    // On the document and not captured: `web-vitals` reports its last values from captured listeners of the window.
    listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'hidden') leave(false);
      else away = false;
    }),
    listen(window, 'pagehide', () => leave(true)),
    listen(window, 'pageshow', () => {
      away = false;
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
