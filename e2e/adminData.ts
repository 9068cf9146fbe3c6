import { defineRum } from '@rumkit/next-rum';
import { newId } from '@rumkit/react-rum/protocol';
import { numbers } from './numbers.js';
import type { VITALS, View } from './shop.js';

const HOUR = 3_600_000;

/** The last whole hours before now, and as many before them. */
export const TO: number = Math.floor(Date.now() / HOUR) * HOUR;
export const FROM: number = TO - 12 * HOUR;

type Store = Awaited<ReturnType<ReturnType<typeof defineRum>['store']>>;
type Rows = Parameters<Store['insert']>[0];

/** What somebody could have stored to harm whoever looks at it. */
export const HOSTILE: readonly string[] = [
  '/<script>window.hacked=1</script>',
  '/\u202Egnp.exe',
  '=cmd|calc',
  '/🙂🙂',
  `/${'long'.repeat(60)}`,
];

const ROUTES = ['/', '/product/[id]', '/checkout', ...HOSTILE];
const COUNTRIES = ['DE', 'FR', 'US', null];
const DEVICES = ['desktop', 'mobile'] as const;
const BROWSERS = ['Chrome', 'Safari', 'Firefox', '<b onclick=hack()>'];

/** Views of the span, slower on mobile and at checkout, and views of the span before, all of them faster. */
const VIEWS: readonly View[] = (() => {
  const next = numbers(42);
  const make = (from: number, slowness: number) =>
    Array.from({ length: 900 }, (_view, index) => {
      const startedAt = Math.floor(from + next() * 12 * HOUR);
      const device = DEVICES[next() < 0.6 ? 0 : 1] ?? 'desktop';
      const route = ROUTES[Math.floor(next() ** 2 * ROUTES.length)] ?? '/';
      const slow = slowness * (device === 'mobile' ? 2.4 : 1) * (route === '/checkout' ? 1.6 : 1);
      return view({
        startedAt,
        route,
        device,
        visitor: `visitor-${index % 300}`,
        release: startedAt < FROM + 6 * HOUR ? '1.0' : '2.0',
        country: COUNTRIES[Math.floor(next() * COUNTRIES.length)] ?? null,
        browser: BROWSERS[Math.floor(next() * BROWSERS.length)] ?? null,
        lcp: slow * (900 + next() * 1600),
        inp: next() < 0.5 ? null : 40 + next() * 300,
        cls: next() < 0.3 ? 0 : next() * 0.2,
        fcp: slow * (500 + next() * 900),
        ttfb: 80 + next() * 600,
      });
    });
  return [...make(FROM, 1.3), ...make(FROM - 12 * HOUR, 0.8)];
})();

function view(part: Partial<View> & Pick<View, 'startedAt' | 'route' | 'lcp' | 'ttfb'>): View {
  const attribution = {
    lcp: {
      element: '#hero>img',
      url: 'https://shop.example/hero.avif',
      timeToFirstByte: part.ttfb,
      resourceLoadDelay: 100,
      resourceLoadDuration: 200,
      elementRenderDelay: Math.max((part.lcp ?? 0) - (part.ttfb ?? 0) - 300, 0),
    },
  };
  return blankView({ attribution: JSON.stringify(attribution), ...part });
}

/** A view of which only some matters. */
export function blankView(part: Partial<View> & Pick<View, 'startedAt' | 'route' | 'lcp' | 'ttfb'>): View {
  return {
    app: 'default',
    id: newId(part.startedAt),
    revision: 1,
    receivedAt: part.startedAt + 500,
    visitor: 'visitor',
    path: part.route,
    router: 'app',
    navigationType: 'navigate',
    previousViewId: null,
    referrer: null,
    release: null,
    environment: null,
    country: null,
    device: 'desktop',
    browser: null,
    os: null,
    connection: null,
    language: null,
    viewportWidth: null,
    viewportHeight: null,
    automated: false,
    traceId: null,
    duration: null,
    inp: null,
    cls: null,
    fcp: null,
    attribution: null,
    sample: false,
    visibleDuration: null,
    loadingTime: null,
    routeChangeTime: null,
    blockedTime: null,
    scrollDepth: null,
    redirectedFrom: null,
    redirectCount: null,
    deviceMemory: null,
    cores: null,
    reducedMotion: null,
    darkMode: null,
    sampleRate: null,
    kept: false,
    userId: null,
    userTraits: null,
    utm: null,
    counts: null,
    attributes: null,
    clock: null,
    ...part,
  };
}

/** Stores {@link VIEWS}, and events of them. */
export async function fill(database: string, events: Rows['events'] = []): Promise<void> {
  const store = await defineRum({ database }).store();
  await store.insert({ views: VIEWS, events });
  await store.close();
}

/** Those of {@link VIEWS} that began within a span and fit. */
export function viewsOf(fits: (view: View) => boolean = () => true, from = FROM, to = TO): readonly View[] {
  return VIEWS.filter((each) => each.startedAt >= from && each.startedAt < to && fits(each));
}

/** The percentile by nearest rank of the views that have the vital; NaN without one. */
export function percentile(views: readonly View[], vital: (typeof VITALS)[number], share: number): number {
  const values = views.flatMap((each) => each[vital] ?? []).sort((a, b) => a - b);
  return values[Math.ceil(share * values.length) - 1] ?? Number.NaN;
}
