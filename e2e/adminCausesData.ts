import { blankView } from './adminData.js';
import { numbers } from './numbers.js';
import type { VITALS, View } from './shop.js';

const HOUR = 3_600_000;

/** The last whole hours before now. */
export const TO: number = Math.floor(Date.now() / HOUR) * HOUR;
export const FROM: number = TO - 6 * HOUR;

/** What somebody could have named a script, to harm whoever looks at it. */
export const HOSTILE = '<img src=x onerror=window.hacked=1>';

type Vital = (typeof VITALS)[number];
type Named = readonly (readonly [key: string, label: string])[];

/** What each vital is made of, in the order in which it happens, and how the admin calls it. */
export const PARTS: { readonly [vital in Vital]: Named } = {
  lcp: [
    ['timeToFirstByte', 'Time to first byte'],
    ['resourceLoadDelay', 'Resource load delay'],
    ['resourceLoadDuration', 'Resource load duration'],
    ['elementRenderDelay', 'Element render delay'],
  ],
  inp: [
    ['inputDelay', 'Input delay'],
    ['processingDuration', 'Processing'],
    ['presentationDelay', 'Presentation delay'],
  ],
  cls: [],
  fcp: [
    ['timeToFirstByte', 'Time to first byte'],
    ['firstByteToFCP', 'First byte to first paint'],
  ],
  ttfb: [
    ['waitingDuration', 'Waiting'],
    ['cacheDuration', 'Cache'],
    ['dnsDuration', 'DNS'],
    ['connectionDuration', 'Connection'],
    ['requestDuration', 'Request'],
  ],
};

/** What browsers name as the reason of each. */
export const CAUSES: { readonly [vital in Vital]: Named } = {
  lcp: [
    ['element', 'Elements'],
    ['url', 'Resources'],
  ],
  inp: [
    ['target', 'Elements'],
    ['event', 'Events'],
    ['script', 'Longest scripts'],
    ['function', 'Functions'],
    ['invoker', 'Called by'],
  ],
  cls: [['target', 'Elements that shift']],
  fcp: [],
  ttfb: [],
};

const REASONS: { readonly [vital in Vital]?: { readonly [key: string]: readonly [string, ...string[]] } } = {
  lcp: { element: ['#hero>img', 'h1', HOSTILE], url: ['https://shop.example/hero.avif', '/lamp.avif'] },
  inp: {
    target: ['button.buy', '#search'],
    event: ['click', 'keydown'],
    script: ['https://cdn.example/chat.js', 'https://shop.example/app.js', HOSTILE],
    function: ['onBuy', 'render'],
    invoker: ['BUTTON.onclick', 'TimerHandler:setTimeout'],
  },
  cls: { target: ['#banner', 'aside>ul', HOSTILE] },
};

/** Views whose browsers said why they are as fast as they are; some said nothing, and some have no such vital. */
export const VIEWS: readonly View[] = (() => {
  const next = numbers(5);
  const one = (items: readonly [string, ...string[]]): string =>
    items[Math.floor(next() ** 2 * items.length)] ?? items[0];
  return Array.from({ length: 350 }, (_view, index) => {
    const said: { [vital: string]: { [key: string]: number | string } } = {};
    const values: { [vital in Vital]: number | null } = {
      lcp: null,
      inp: null,
      cls: next() < 0.6 ? next() * 0.3 : null,
      fcp: null,
      ttfb: null,
    };
    for (const vital of ['lcp', 'inp', 'fcp', 'ttfb'] as const) {
      if (next() < 0.2) continue;
      const parts = PARTS[vital].map(([name]): [string, number] => [name, Math.floor(next() ** 2 * 900)]);
      values[vital] = parts.reduce((sum, [, length]) => sum + length, 1);
      if (vital !== 'fcp') said[vital] = Object.fromEntries(parts);
    }
    for (const vital of ['lcp', 'inp', 'cls'] as const) {
      if (values[vital] === null) continue;
      const named = Object.entries(REASONS[vital] ?? {}).filter(() => next() < 0.8);
      said[vital] = {
        ...said[vital],
        ...Object.fromEntries(named.map(([key, reasons]) => [key, one(reasons)])),
      };
    }
    // A browser that can tell a vital, and nothing of it.
    const tells = index % 7 !== 0;
    return blankView({
      startedAt: Math.floor(FROM + next() * 5.9 * HOUR),
      route: '/',
      ...values,
      attribution: tells ? JSON.stringify(said) : null,
    });
  });
})();

/** What the browser said of the vital; null where it said nothing. What comes before the first paint is another vital. */
export function saidOf(
  { attribution, fcp, ttfb }: View,
  vital: Vital,
): { readonly [key: string]: unknown } | null {
  if (vital === 'fcp') {
    if (fcp === null || ttfb === null) return null;
    return { timeToFirstByte: Math.min(ttfb, fcp), firstByteToFCP: Math.max(0, fcp - ttfb) };
  }
  const said = (JSON.parse(attribution ?? '{}') as { [vital: string]: { [key: string]: unknown } })[vital];
  return said === undefined || Object.keys(said).length === 0 ? null : said;
}
