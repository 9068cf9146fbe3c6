import type { Stop } from '../collector.js';
import { listen } from '../listen.js';
import { createElements } from './element.js';
import { FRAME_STYLES, PANEL_STYLES } from './overlayStyles.js';
import { createPanel } from './panel.js';
import { CORNERS, type Corner, cornerPoint, freeCorner, largestSize } from './placement.js';
import type { Snapshot } from './snapshot.js';

/** How often the overlay looks at the numbers, in ms. */
const REFRESH_MS = 500;
/** Of the open overlay, in CSS pixels. */
const WIDTH = 348;

/**
 * Puts a small overlay into a corner of the page.
 *
 * It leaves no trace in what is recorded: it is a document of its own, in a frame in a shadow root, so what is painted,
 * clicked and changed there is none of the page's vitals, actions and activity. Where it lies is set by a transform, which
 * is no layout shift.
 *
 * @returns Removes it.
 */
export function showOverlay(take: () => Snapshot): Stop {
  const { element } = createElements(document);
  const host = element('div', { 'data-rum-ignore': '' });
  const root = host.attachShadow({ mode: 'closed' });
  const frame = element('iframe', { title: 'RUM debug' });
  adopt(root, FRAME_STYLES, CSSStyleSheet);
  const stops: Stop[] = [() => host.remove()];
  const close = (): void => {
    for (const stop of stops.splice(0)) stop();
  };

  // Not every browser has the frame's document at once.
  frame.addEventListener(
    'load',
    () => {
      const { contentDocument: inside, contentWindow } = frame as {
        contentWindow: (Window & typeof globalThis) | null;
      } & typeof frame;
      if (!inside || !contentWindow) return;
      let corner: Corner = CORNERS[0];
      let isMoved = false;
      /** When the corner was last chosen, in CSS pixels. */
      let collapsedWidth = 0;
      const panel = createPanel(inside, {
        onToggle: refresh,
        onMove() {
          isMoved = true;
          corner = CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length] ?? CORNERS[0];
          place();
        },
        onClose: close,
      });

      function place(): void {
        const most = largestSize();
        const { style } = panel.element;
        style.width = panel.isOpen() ? `${Math.min(WIDTH, most.width)}px` : '';
        style.maxHeight = `${most.height}px`;
        const { width, height } = panel.element.getBoundingClientRect();
        // Not each time: while the page scrolls below, it would jump about.
        if (!isMoved && !panel.isOpen() && width > collapsedWidth) {
          collapsedWidth = width;
          corner = freeCorner({ width, height });
        }
        const [left, top] = cornerPoint(corner, { width, height });
        Object.assign(frame.style, {
          width: `${width}px`,
          height: `${height}px`,
          transform: `translate(${left}px, ${top}px)`,
        });
      }
      function refresh(): void {
        panel.show(take());
        place();
      }

      adopt(inside, PANEL_STYLES, contentWindow.CSSStyleSheet);
      inside.documentElement.lang = 'en';
      inside.body.append(panel.element);
      refresh();
      const timer = setInterval(() => {
        if (!document.hidden) refresh();
      }, REFRESH_MS);
      stops.push(() => clearInterval(timer), listen(window, 'resize', place));
    },
    { once: true },
  );
  root.append(frame);
  document.documentElement.append(host);
  return close;
}

/** @param Sheet Of the same window as what adopts. */
function adopt(by: DocumentOrShadowRoot, styles: string, Sheet: typeof CSSStyleSheet): void {
  const sheet = new Sheet();
  sheet.replaceSync(styles);
  by.adoptedStyleSheets = [sheet];
}
