import type { EventRow, ViewRow } from '../../packages/next-rum/src/store/rows.js';
import { type Chances, createChances, drawer } from './chances.js';
import { errorData } from './errors.js';
import { COUNTRIES, HOURS, MACHINES, type Machine, PAGES, REFERRERS } from './site.js';

export const APP = 'default';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MAX_VIEWS = 12;

export interface HistoryOptions {
  /** Exactly so many. */
  readonly views: number;
  /** Epoch ms; whole hours. */
  readonly from: number;
  readonly to: number;
  readonly seed: number;
  /** A whole number, or one over a whole number. */
  readonly eventsPerView: number;
}

export interface HistoryPart {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
}

/**
 * Makes up what a shop would have stored, hour by hour in the order of time: visits of a few views each, more by day than by
 * night, 50 routes, 20 countries, nine kinds of machine, a release every third day. The same options make the same rows.
 */
export function* makeHistory({
  views,
  from,
  to,
  seed,
  eventsPerView,
}: HistoryOptions): Generator<HistoryPart> {
  const visit = visitMaker(createChances(seed));
  const hours: number[] = [];
  for (let hour = from; hour < to; hour += HOUR) hours.push(hour);
  const weights = hours.map((hour) => HOURS[(hour / HOUR) % 24] ?? 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let [weight, made] = [0, 0];
  let later: ViewRow[] = [];
  for (const [index, hour] of hours.entries()) {
    weight += weights[index] ?? 0;
    const due = Math.round((views * weight) / total);
    const ends = hour + HOUR;
    const now: ViewRow[] = [];
    const next: ViewRow[] = [];
    for (const view of later) (view.startedAt < ends ? now : next).push(view);
    while (made < due) {
      for (const view of visit(hour, ends, due - made)) {
        made += 1;
        if (view.startedAt < ends) now.push(view);
        else if (ends < to) next.push(view);
        // What would happen after the end of the history happens in its last hour: there are no views from the future.
        else now.push({ ...view, startedAt: ends - 1 - ((view.startedAt - ends) % HOUR) });
      }
    }
    later = next;
    now.sort((a, b) => a.startedAt - b.startedAt);
    yield { views: now, events: eventsOf(now, eventsPerView) };
  }
}

type Visit = (begins: number, ends: number, most: number) => readonly ViewRow[];

function visitMaker(chances: Chances): Visit {
  const page = drawer(chances, PAGES);
  const machine = drawer(chances, MACHINES);
  const place = drawer(chances, COUNTRIES);
  const referrer = drawer(chances, REFERRERS);
  return (begins, ends, most) => {
    const of = machine();
    const [country, language] = place();
    const visitor = chances.hex(32);
    const cores = chances.next() < 0.5 ? 8 : 4;
    const dark = chances.next() < 0.4;
    const rows: ViewRow[] = [];
    let at = Math.floor(begins + chances.next() * (ends - begins));
    const wanted = Math.min(most, MAX_VIEWS, Math.ceil(chances.logNormal(2.2, 0.7)));
    while (rows.length < wanted) {
      const { route, server, largest, shifts } = page();
      const before = rows.at(-1);
      const isClient = before !== undefined && chances.next() < 0.75;
      const duration = Math.round(Math.min(chances.logNormal(18_000, 1), 600_000));
      const id = idAt(at, chances);
      const times = documentTimes(chances, of, server, largest);
      const path = route.replace(/\[+[^\]]*\]+/g, () => `item-${Math.floor(chances.next() * 900)}`);
      rows.push({
        app: APP,
        id,
        revision: 1,
        startedAt: at,
        receivedAt: at + duration,
        visitor,
        route,
        path,
        router: 'app',
        navigationType: isClient ? 'client' : 'navigate',
        previousViewId: before?.id ?? null,
        referrer: before === undefined ? referrer() : null,
        release: `2026.${Math.floor(at / (3 * DAY)) % 100}.0`,
        environment: 'production',
        country,
        device: of.device,
        browser: of.browser,
        os: of.os,
        connection: of.tellsShifts ? '4g' : null,
        language,
        viewportWidth: of.viewport[0],
        viewportHeight: of.viewport[1],
        automated: false,
        traceId: isClient ? null : chances.hex(32),
        duration,
        ...(isClient ? NO_VITALS : vitalsOf(chances, of, times, shifts)),
        sample: false,
        visibleDuration: duration,
        loadingTime: isClient ? tenths(times.server * 2) : tenths(times.lcp),
        routeChangeTime: isClient ? tenths(times.server) : null,
        blockedTime: tenths(chances.logNormal(60, 1) * of.slowness),
        scrollDepth: Math.round(100 * (0.35 + 0.65 * chances.next())) / 100,
        redirectedFrom: null,
        redirectCount: null,
        deviceMemory: of.tellsShifts ? 8 : null,
        cores,
        reducedMotion: false,
        darkMode: dark,
        sampleRate: null,
        kept: false,
        userId: null,
        userTraits: null,
        utm: null,
        counts: '{"resource":3,"action":1}',
        attributes: null,
        clock: null,
      });
      at += duration;
    }
    return rows;
  };
}

interface DocumentTimes {
  readonly server: number;
  readonly ttfb: number;
  readonly fcp: number;
  readonly lcp: number;
}

type Vitals = Pick<ViewRow, 'lcp' | 'inp' | 'cls' | 'fcp' | 'ttfb' | 'attribution'>;

const NO_VITALS: Vitals = { lcp: null, inp: null, cls: null, fcp: null, ttfb: null, attribution: null };

function documentTimes(
  chances: Chances,
  { slowness }: Machine,
  server: number,
  largest: number,
): DocumentTimes {
  const answered = chances.logNormal(server, 0.5);
  const ttfb = 60 * slowness + answered;
  const fcp = ttfb + chances.logNormal(350, 0.4) * slowness;
  return { server: answered, ttfb, fcp, lcp: fcp + chances.logNormal(largest, 0.6) * slowness };
}

function vitalsOf(chances: Chances, of: Machine, { ttfb, fcp, lcp }: DocumentTimes, shifts: number): Vitals {
  const inp =
    chances.next() < 0.34 ? null : Math.max(8, Math.round(chances.logNormal(70, 0.7) * of.slowness));
  const cls = !of.tellsShifts ? null : chances.next() < shifts ? chances.logNormal(0.08, 0.8) : 0;
  const [waiting, request] = [tenths(ttfb * 0.08), tenths(ttfb * 0.7)];
  const attribution = {
    ttfb: { waitingDuration: waiting, connectionDuration: tenths(ttfb * 0.2), requestDuration: request },
    fcp: { timeToFirstByte: tenths(ttfb), firstByteToFCP: tenths(fcp - ttfb) },
    lcp: {
      element: 'main>section.hero>img.wide',
      resourceLoadDelay: 40.5,
      elementRenderDelay: tenths(lcp - fcp),
    },
    ...(inp !== null && {
      inp: {
        target: 'main button.add',
        inputDelay: tenths(inp * 0.1),
        processingDuration: tenths(inp * 0.5),
      },
    }),
  };
  return {
    lcp: tenths(lcp),
    inp,
    cls,
    fcp: tenths(fcp),
    ttfb: tenths(ttfb),
    attribution: JSON.stringify(attribution),
  };
}

function eventsOf(views: readonly ViewRow[], perView: number): readonly EventRow[] {
  if (perView < 1)
    return views.filter((_, place) => place % Math.round(1 / perView) === 0).map((view) => toEvent(view, 0));
  return views.flatMap((view) => Array.from({ length: perView }, (_, place) => toEvent(view, place)));
}

/** By the last digit of the view's id: an error, and of what else happens the more the more frequent it is. */
const KINDS: readonly Pick<EventRow, 'type' | 'name' | 'duration' | 'data'>[] = Array.from(
  { length: 16 },
  (_, digit) => {
    if (digit < 6)
      return {
        type: 'action',
        name: 'Add to cart',
        duration: 40,
        data: '{"target":"main button.add","kind":"click"}',
      };
    if (digit < 12)
      return {
        type: 'resource',
        name: `https://api.shop.example/v1/part-${digit}`,
        duration: 30 + 11 * digit,
        data: '{"initiator":"fetch","method":"GET","status":200,"transferSize":2300,"cached":false}',
      };
    if (digit < 14)
      return { type: 'timing', name: 'render', duration: 12 + digit, data: '{"kind":"render"}' };
    return { type: 'custom', name: 'checkout', duration: null, data: '{"value":3}' };
  },
);

function toEvent(view: ViewRow, place: number): EventRow {
  const isError = place === 0 && view.id.endsWith('0');
  const digit = (Number.parseInt(view.id.slice(-1), 16) + place) % KINDS.length;
  const of = KINDS[digit];
  if (of === undefined) throw new Error(`no event of the kind ${digit}`);
  return {
    app: view.app,
    id: `${view.id.slice(0, 30)}e${place.toString(16).padStart(5, '0')}`,
    viewId: view.id,
    occurredAt: view.startedAt + 900,
    receivedAt: view.receivedAt,
    visitor: view.visitor,
    route: view.route,
    ...of,
    ...(isError && {
      type: 'error',
      name: 'TypeError',
      duration: null,
      data: errorData(Number.parseInt(view.id.slice(-7, -1), 16) / 0x1000000, view.id),
    }),
    sample: false,
    sampleRate: null,
    clock: null,
  };
}

/** A UUIDv7. */
function idAt(at: number, chances: Chances): string {
  const time = at.toString(16).padStart(12, '0');
  const random = chances.hex(18);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-a${random.slice(3, 6)}-${random.slice(6)}`;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
