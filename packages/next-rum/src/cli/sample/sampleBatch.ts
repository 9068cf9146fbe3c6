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
import { ENTRIES, PAGES, type Page, type PageName } from './shop.js';
import type { Visitor } from './visitors.js';
import type { Arrival } from './visits.js';

/** Nobody looks at more. */
const MAX_VIEWS = 12;
const DAY = 86_400_000;

const REFERRERS: readonly (readonly [origin: string | null, weight: number])[] = [
  [null, 46],
  ['https://www.google.com', 34],
  ['https://duckduckgo.com', 6],
  ['https://www.instagram.com', 9],
  ['https://newsletter.example', 5],
];

/**
 * Makes up one visit: the batch that its page would send when it is left. `sentAt` is the end of the visit.
 *
 * @param app Application id.
 */
export function sampleBatch({ at, visitor }: Arrival, app: string, random: Random): Batch {
  const views: ViewDocument[] = [];
  const events: RumEvent[] = [];
  let time = at;
  let name: PageName | null = random.pick(ENTRIES);
  const referrer = random.pick(REFERRERS);
  while (name !== null && views.length < MAX_VIEWS) {
    const page: Page = PAGES[name];
    const previous = views.at(-1);
    const navigationType = sampleNavigation(name, page, previous, random);
    const duration = Math.round(Math.min(random.logNormal(page.dwell, 0.8), 10 * 60_000));
    const view: ViewDocument = {
      id: sampleId(time, random),
      revision: 1,
      startedAt: time,
      route: navigationType === 'client' ? page.route : page.route.replace('(.)', ''),
      path: page.path(random),
      router: page.router,
      navigationType,
      ...(previous && { previousViewId: previous.id }),
      ...(!previous && referrer && { referrer }),
      duration,
      // A navigation inside the page paints no new document: vitals belong to the document it began with.
      vitals: navigationType === 'client' ? {} : sampleVitals(page, visitor, duration, random),
    };
    views.push(view);
    events.push(...sampleEvents(page, view, duration, random));
    time += duration;
    name = random.pick<PageName | null>(page.next);
  }
  const [viewportWidth, viewportHeight] = visitor.viewport;
  return {
    v: PROTOCOL_VERSION,
    app,
    sentAt: time,
    sessionId: sampleId(at, random),
    release: releaseAt(at),
    environment: 'production',
    context: {
      viewportWidth,
      viewportHeight,
      language: visitor.language,
      automated: false,
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

function sampleEvents(page: Page, view: ViewDocument, duration: number, random: Random): readonly RumEvent[] {
  const at = () => Math.floor(view.startedAt + duration * (0.2 + 0.75 * random.next()));
  const custom = page.events
    .filter(({ chance }) => random.chance(chance))
    .map(({ name, properties }): RumEvent => {
      const time = at();
      const base = { id: sampleId(time, random), viewId: view.id, at: time, route: view.route };
      return { ...base, type: 'custom', name, properties: properties(random) };
    });
  if (page.error === undefined || !random.chance(page.error.chance)) {
    return custom;
  }
  const time = at();
  const { name, message } = page.error;
  const stack = `${name}: ${message}\n    at onClick (https://shop.example/_next/static/chunks/shop.js:1:2048)`;
  const base = { id: sampleId(time, random), viewId: view.id, at: time, route: view.route };
  return [...custom, { ...base, type: 'error', name, message, stack, source: 'window.error' }];
}

/** A UUIDv7 from the seed's random numbers, where `newId` takes the system's. */
function sampleId(at: number, random: Random): string {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(random.next() * 16).toString(16)).join('');
  const time = at.toString(16).padStart(12, '0');
  const variant = (8 + Math.floor(random.next() * 4)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
}

/** The shop is released every third day. */
function releaseAt(at: number): string {
  return `1.${Math.floor(at / (3 * DAY)) % 100}.0`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
