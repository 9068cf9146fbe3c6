import type { EventRow, ViewRow } from '../store/rows.js';

/** 2026-11-23 12:00 UTC */
export const NOON: number = Date.UTC(2026, 10, 23, 12);

/** A complete view; the same number gives the same id, a higher one a later view. */
export function makeView(number: number, part: Partial<ViewRow> = {}): ViewRow {
  return {
    app: 'shop',
    id: makeId(number),
    revision: 1,
    startedAt: NOON + number,
    receivedAt: NOON + number + 500,
    visitor: 'visitor',
    route: '/product/[id]',
    path: `/product/${number}`,
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
    lcp: 1800.5,
    inp: 40,
    cls: 0.01,
    fcp: 900,
    ttfb: 120.25,
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

/** A complete event; see {@link makeView}. */
export function makeEvent(number: number, part: Partial<EventRow> = {}): EventRow {
  return {
    app: 'shop',
    id: makeId(number),
    viewId: makeId(0),
    type: 'custom',
    name: 'add_to_cart',
    occurredAt: NOON + number,
    receivedAt: NOON + number + 500,
    visitor: 'visitor',
    route: '/product/[id]',
    data: null,
    sample: false,
    duration: null,
    sampleRate: null,
    clock: null,
    ...part,
  };
}

/** Views of 25 visitors on four routes over six hours, some without some vitals; the same seed gives the same views. */
export function randomViews(seed: number, count: number): ViewRow[] {
  const random = randomFrom(seed);
  // To a millionth, which is as exact as what is counted.
  const vital = (scale: number): number | null =>
    random() < 0.2 ? null : Math.round(random() ** 3 * scale * 1e6) / 1e6;
  return Array.from({ length: count }, (_, index) =>
    makeView(index, {
      startedAt: NOON + Math.floor(random() * 6 * 3_600_000),
      visitor: `visitor ${Math.floor(random() * 25)}`,
      route: ['/', '/product/[id]', '/cart', '/about'][Math.floor(random() ** 2 * 4)] ?? '/',
      lcp: vital(8000),
      inp: vital(1000),
      cls: vital(0.5),
      fcp: vital(6000),
      ttfb: vital(4000),
    }),
  );
}

/** Views like {@link randomViews} that differ in every dimension, and in what was said of them; some lack some of it. */
export function variedViews(seed: number, count: number): ViewRow[] {
  const random = randomFrom(seed + 100);
  const one = oneOf(random);
  const said = oneOf(randomFrom(seed + 200));
  const utm = () => ({
    source: said('newsletter', 'search'),
    ...said({ medium: 'mail' }, { medium: 'cpc', term: 'lamp & "shade"' }, {}),
    campaign: said('spring', 'summer 50 % off'),
    ...said({ content: 'top' }, {}),
  });
  const attributes = () => ({
    plan: said<unknown>('free', 'pro', ''),
    'cart.size': said<unknown>(0, 3, 2.5, null),
    isMember: said(true, false),
    ...said({ tags: ['a', 'b'] }, { tags: { a: 'b' } }, {}),
  });
  return randomViews(seed, count).map((view) => ({
    ...view,
    device: one('desktop', 'mobile', 'tablet'),
    browser: one('Firefox', 'Chrome', 'Edge', null),
    country: one('PT', 'DE', 'SE', null),
    release: one('1.0.0', '1.1.0-beta', null),
    environment: one('production', 'preview', null),
    os: one('Linux', 'Windows', 'FreeBSD'),
    connection: one('4g', '3g', null),
    language: one('de-DE', 'en-GB', 'pt-PT'),
    referrer: one('https://search.example', 'https://a.test', null),
    navigationType: one('navigate', 'reload', 'client'),
    sample: random() < 0.1,
    userId: said('u-1', 'u-2', null, null),
    utm: said(null, JSON.stringify(utm())),
    attributes: said(null, JSON.stringify(attributes()), JSON.stringify(attributes())),
  }));
}

/** Picks one of some, of which the first is as likely as any other. */
function oneOf(random: () => number): <T>(...items: readonly [T, ...T[]]) => T {
  return (...items) => {
    const item = items[Math.floor(random() * items.length)];
    return item === undefined ? items[0] : item;
  };
}

/** Mulberry32: numbers in [0, 1) that the seed decides. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fisher–Yates, on a copy. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1));
    const [a, b] = [result[last], result[chosen]];
    if (a !== undefined && b !== undefined) {
      result[last] = b;
      result[chosen] = a;
    }
  }
  return result;
}

function makeId(number: number): string {
  return `0199f3c2-7a51-7000-8000-${number.toString(16).padStart(12, '0')}`;
}
