import { type Batch, newId, PROTOCOL_VERSION, type RumEvent } from '@rumkit/react-rum/protocol';

/** Events and views in one batch of {@link batchMaker}. */
export const ITEMS_PER_BATCH = 20;

const PAGES = [
  ['/', '/'],
  ['/catalogue', '/catalogue'],
  ['/product/[id]', '/product/42'],
  ['/product/[id]', '/product/product'],
  ['/cart', '/cart'],
  ['/guides/[[...slug]]', '/guides/care/leather'],
] as const;

const USER_AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.4 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.4 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
];

/**
 * Makes request after request as one page would send it: one view with five attributed vitals, 18 custom events and an
 * error. Every id is new.
 *
 * @param now Clock, epoch ms.
 */
export function batchMaker(now: () => number): () => { body: string; userAgent: string } {
  let made = 0;
  return () => {
    made += 1;
    const at = now();
    const [route, path] = PAGES[made % PAGES.length] ?? PAGES[0];
    const viewId = newId(at);
    const base = () => ({ id: newId(at), viewId, at, route });
    const actions = Array.from(
      { length: ITEMS_PER_BATCH - 2 },
      (_, index): RumEvent => ({
        type: 'custom',
        ...base(),
        name: index % 3 === 0 ? 'add_to_cart' : 'filter_changed',
        properties: {
          sku: `sku-${made % 500}`,
          price: 12.5 + index,
          tags: ['leather', 'brown'],
          position: index,
        },
      }),
    );
    const batch: Batch = {
      v: PROTOCOL_VERSION,
      app: 'default',
      sentAt: at,
      sessionId: newId(at),
      release: '2026.11.3',
      environment: 'production',
      context: {
        viewportWidth: 1440,
        viewportHeight: 900,
        connection: '4g',
        language: 'en-GB',
        automated: false,
      },
      views: [
        {
          id: viewId,
          revision: 1,
          startedAt: at - 4000,
          route,
          path,
          router: 'app',
          navigationType: 'navigate',
          referrer: 'https://search.example',
          traceId: viewId.replaceAll('-', ''),
          duration: 4000,
          vitals: {
            lcp: {
              value: 1200 + (made % 3000),
              attribution: { target: 'main>img.hero', resourceLoadDelay: 200.5 },
            },
            inp: {
              value: 40 + (made % 400),
              attribution: { target: 'button.add', inputDelay: 3.2, processing: 21 },
            },
            cls: { value: (made % 40) / 100, attribution: { largestShiftTarget: 'aside.banner' } },
            fcp: { value: 800 + (made % 1500) },
            ttfb: {
              value: 120 + (made % 500),
              attribution: { waiting: 4.1, dns: 0, connection: 12, request: 80 },
            },
          },
        },
      ],
      events: [
        ...actions,
        {
          type: 'error',
          ...base(),
          name: 'TypeError',
          message: "Cannot read properties of undefined (reading 'price')",
          stack: `TypeError: Cannot read properties of undefined (reading 'price')\n${'    at total (https://shop.example/_next/static/chunks/4c2f.js:1:20412)\n'.repeat(6)}`,
          source: 'window.error',
        },
      ],
    };
    return { body: JSON.stringify(batch), userAgent: USER_AGENTS[made % USER_AGENTS.length] ?? '' };
  };
}
