import type {
  Batch,
  NavigationType,
  RumEvent,
  ViewDocument,
  Vital,
  VitalName,
} from '@rumkit/react-rum/protocol';
import { PROTOCOL_VERSION } from '@rumkit/react-rum/protocol';
import type { Random } from './random.js';
import { sampleEvents } from './sampleEvents.js';
import { sampleId } from './sampleId.js';
import { ENTRIES, PAGES, type Page, type PageName } from './shop.js';
import type { Visitor } from './visitors.js';
import type { Arrival } from './visits.js';

/** Nobody looks at more. */
const MAX_VIEWS = 12;
const RELEASED_EVERY = 3 * 86_400_000;

const NEWSLETTER = 'https://newsletter.example';
const REFERRERS: readonly (readonly [origin: string | null, weight: number])[] = [
  [null, 46],
  ['https://www.google.com', 34],
  ['https://duckduckgo.com', 6],
  ['https://www.instagram.com', 9],
  [NEWSLETTER, 5],
];

/** By which the largest paint of the product page takes longer in Chrome, once a release has made it so. */
const SLOWED = 3;
const SLOW_PRODUCT: Page = { ...PAGES.product, largest: SLOWED * PAGES.product.largest };

/**
 * Makes up one visit: the batch that its page would send when it is left. `sentAt` is the end of the visit.
 *
 * @param app Application id.
 * @param slowFrom When a release comes that makes one page slower in one browser, epoch ms; default never.
 */
export function sampleBatch(
  { at, visitor }: Arrival,
  app: string,
  random: Random,
  slowFrom: number = Number.POSITIVE_INFINITY,
): Batch {
  const views: ViewDocument[] = [];
  const events: RumEvent[] = [];
  let time = at;
  let name: PageName | null = random.pick(ENTRIES);
  const referrer = random.pick(REFERRERS);
  while (name !== null && views.length < MAX_VIEWS) {
    const page: Page =
      name === 'product' && at >= slowFrom && visitor.browser === 'Chrome' ? SLOW_PRODUCT : PAGES[name];
    const previous = views.at(-1);
    const navigationType = sampleNavigation(name, page, previous, random);
    const duration = Math.round(Math.min(random.logNormal(page.dwell, 0.8), 10 * 60_000));
    const bare: ViewDocument = {
      id: sampleId(time, random),
      revision: 1,
      startedAt: time,
      route: navigationType === 'client' ? page.route : page.route.replace('(.)', ''),
      path: page.path(random),
      router: page.router,
      navigationType,
      ...(previous && { previousViewId: previous.id }),
      ...(!previous && referrer && { referrer }),
      ...(!previous && referrer === NEWSLETTER && { utm: { source: 'newsletter', medium: 'email' } }),
      duration,
      // A navigation inside the page paints no new document: vitals belong to the document it began with.
      vitals: navigationType === 'client' ? {} : sampleVitals(page, visitor, duration, random),
    };
    const happened = sampleEvents(page, bare, duration, visitor, random);
    views.push({ ...bare, ...sampleCourse(page, bare, happened, visitor, random) });
    events.push(...happened);
    time += duration;
    name = random.pick<PageName | null>(page.next);
  }
  const [viewportWidth, viewportHeight] = visitor.viewport;
  return {
    v: PROTOCOL_VERSION,
    app,
    sentAt: time,
    sessionId: sampleId(at, random),
    release: releaseAt(at, slowFrom),
    environment: 'production',
    context: {
      viewportWidth,
      viewportHeight,
      language: visitor.language,
      automated: false,
      ...visitor.machine,
      ...(visitor.connection && { connection: visitor.connection }),
    },
    views,
    events,
  };
}

/** Some open links in new tabs or reload, and the Pages Router is another document. */
function sampleNavigation(
  name: PageName,
  page: Page,
  previous: ViewDocument | undefined,
  random: Random,
): NavigationType {
  if (previous === undefined) {
    return random.chance(0.06) ? 'back-forward' : 'navigate';
  }
  if (previous.router !== page.router) {
    return 'navigate';
  }
  if (name !== 'quick' && random.chance(0.22)) {
    return random.chance(0.2) ? 'reload' : 'navigate';
  }
  return 'client';
}

/** How a view went, as far as its vitals do not tell. */
function sampleCourse(
  page: Page,
  { navigationType, duration = 0, vitals }: ViewDocument,
  events: readonly RumEvent[],
  { slowness }: Visitor,
  random: Random,
): Partial<ViewDocument> {
  const routeChangeTime = round(random.logNormal(page.server * 0.6, 0.5) * slowness.device);
  const shown =
    navigationType === 'client' ? routeChangeTime : (vitals.fcp?.value ?? page.server + page.paint);
  const counts: Record<string, number> = {};
  let blockedTime = 0;
  for (const event of events) {
    counts[event.type] = (counts[event.type] ?? 0) + 1;
    if (event.type === 'longtask') blockedTime += event.blockingDuration ?? 0;
  }
  return {
    visibleDuration: Math.round(duration * (random.chance(0.8) ? 1 : random.next())),
    loadingTime: round(Math.min(duration, shown + random.logNormal(page.largest, 0.4) * slowness.network)),
    ...(navigationType === 'client' && { routeChangeTime: Math.min(duration, routeChangeTime) }),
    blockedTime: round(blockedTime),
    scrollDepth: Math.round(100 * (0.35 + 0.65 * random.next())) / 100,
    counts,
  };
}

function sampleVitals(
  page: Page,
  visitor: Visitor,
  duration: number,
  random: Random,
): ViewDocument['vitals'] {
  const { device, network } = visitor.slowness;
  const ttfb = 60 * network + random.logNormal(page.server, 0.45) * (0.5 + network / 2);
  const fcp = ttfb + random.logNormal(page.paint, 0.35) * device;
  const lcp = fcp + random.logNormal(page.largest, 0.55) * (0.4 * device + 0.6 * network);
  const inp = random.logNormal(page.interaction, 0.6) * device;
  const cls = random.chance(page.shiftChance) ? random.logNormal(page.shift, 0.35) : 0;
  const all: { readonly [vital in VitalName]: Vital } = {
    ttfb: {
      value: round(ttfb),
      attribution: { waitingDuration: round(ttfb * 0.08), requestDuration: round(ttfb * 0.8) },
    },
    fcp: {
      value: round(fcp),
      attribution: { timeToFirstByte: round(ttfb), firstByteToFCP: round(fcp - ttfb) },
    },
    lcp: {
      value: round(lcp),
      attribution: {
        element: page.largestElement,
        timeToFirstByte: round(ttfb),
        resourceLoadDelay: 0,
        resourceLoadDuration: 0,
        elementRenderDelay: round(lcp - ttfb),
      },
    },
    cls: {
      value: cls,
      ...(cls > 0 && { attribution: { target: page.shiftedElement, largestShiftValue: cls } }),
    },
    inp: {
      value: Math.max(8, Math.round(inp / 8) * 8),
      attribution: {
        target: 'main button.shop-button',
        type: 'pointer',
        inputDelay: round(inp * 0.12),
        processingDuration: round(inp * 0.5),
        presentationDelay: round(inp * 0.38),
      },
    },
  };
  // Left before the largest paint, or never touched.
  const missing: readonly VitalName[] = [
    ...(duration < lcp ? (['lcp'] as const) : []),
    ...(random.chance(0.34) ? (['inp'] as const) : []),
  ];
  return Object.fromEntries(
    visitor.vitals.filter((vital) => !missing.includes(vital)).map((vital) => [vital, all[vital]]),
  );
}

/** The shop is released every third day, one of them where it becomes slower. */
function releaseAt(at: number, slowFrom: number): string {
  const first = Number.isFinite(slowFrom) ? slowFrom % RELEASED_EVERY : 0;
  return `1.${Math.floor((at - first) / RELEASED_EVERY) % 100}.0`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
