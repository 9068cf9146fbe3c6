import { createSiteWatcher } from '../analysis/detectors/createSiteWatcher.js';
import {
  type SegmentCounts,
  type SiteBucket,
  segmentKey,
  type Where,
} from '../analysis/detectors/segment.js';
import type { Incident } from '../analysis/detectors/siteWatcher.js';
import { addValue, emptyHistogram, histogramBin } from '../analysis/logHistogram.js';
import type { EventRow, ViewRow } from '../store/rows.js';
import { makeEvent, makeView, randomFrom } from './rows.js';

const HOUR = 3_600_000;
export const DAY: number = 24 * HOUR;

/** 2026-11-02 00:00 UTC, a Monday. */
export const FIRST_HOUR: number = Date.UTC(2026, 10, 2);
/** A release slows one route in one browser down. */
export const DEPLOYED: number = FIRST_HOUR + 10 * DAY + 5 * HOUR;
/** The next one mends it. */
export const MENDED: number = DEPLOYED + 14 * HOUR;
export const LAST_HOUR: number = MENDED + 22 * HOUR;

const VIEWS_AN_HOUR = 90;
const SLOW = { route: '/product/[id]', browser: 'Safari' } as const;

/** A small shop for eleven days and a half, in which one thing goes wrong; one view in a hundred has an error. */
export function watchedSite(app = 'shop'): { readonly views: ViewRow[]; readonly events: EventRow[] } {
  const random = randomFrom(7);
  const one = <T>(...items: readonly [T, ...T[]]): T =>
    items[Math.floor(random() * items.length)] ?? items[0];
  const views: ViewRow[] = [];
  const events: EventRow[] = [];
  for (let t = FIRST_HOUR; t < LAST_HOUR; t += HOUR) {
    for (let index = 0; index < VIEWS_AN_HOUR; index += 1) {
      const startedAt = t + Math.floor(random() * HOUR);
      const route = one<string>('/', SLOW.route, '/cart');
      const browser = one<string>('Chrome', SLOW.browser);
      const isSlow =
        startedAt >= DEPLOYED && startedAt < MENDED && route === SLOW.route && browser === SLOW.browser;
      // Whole, since a decimal of SQLite's may lose its last digit on its way.
      const lcp = Math.round(900 * Math.exp(random() + random() - 0.5) * (isSlow ? 3 : 1));
      const view = makeView(views.length, {
        app,
        startedAt,
        receivedAt: startedAt + 5000,
        route,
        browser,
        country: one('DE', 'FR', 'PL'),
        device: one('desktop', 'mobile'),
        release: startedAt < DEPLOYED ? '1.0' : startedAt < MENDED ? '2.0' : '2.1',
        lcp,
        inp: random() < 0.5 ? 40 + 100 * random() : null,
        cls: random() < 0.8 ? 0 : random() / 5,
        ttfb: 80 + 200 * random(),
        visitor: `visitor ${Math.floor(random() * 400)}`,
        attribution: JSON.stringify({ lcp: { element: route === '/' ? 'h1' : 'img.photo' } }),
      });
      views.push(view);
      if (random() < 0.01)
        events.push(
          makeEvent(events.length, {
            app,
            type: 'error',
            name: 'TypeError',
            viewId: view.id,
            occurredAt: startedAt + 1000,
          }),
        );
    }
  }
  return { views, events };
}

/** What detectors find when they are handed the rows themselves, hour by hour, up to an hour. */
export function foundByHand(
  { views, events }: ReturnType<typeof watchedSite>,
  until: number,
): { readonly incident: Incident; readonly ended: number | null }[] {
  const failed = new Set(events.map(({ viewId }) => viewId));
  const watcher = createSiteWatcher({ step: HOUR, metrics: ['lcp', 'inp', 'cls', 'ttfb'] });
  const found: { incident: Incident; ended: number | null }[] = [];
  for (let t = FIRST_HOUR; t < until; t += HOUR) {
    const { opened, resolved } = watcher.push(bucketOf(views, failed, t));
    for (const incident of resolved) {
      const place = found.findIndex(
        (each) => each.incident.metric === incident.metric && each.ended === null,
      );
      found[place] = { incident, ended: t + HOUR };
    }
    for (const incident of opened) found.push({ incident, ended: null });
  }
  return found;
}

function bucketOf(views: readonly ViewRow[], failed: ReadonlySet<string>, t: number): SiteBucket {
  const segments = new Map<string, SegmentCounts & { views: number; errorViews: number }>();
  for (const view of views) {
    if (view.startedAt < t || view.startedAt >= t + HOUR) continue;
    const { route, browser, country, device } = view;
    for (const where of [{}, { route }, { browser }, { country }, { device }] as Where[]) {
      const key = segmentKey(where);
      const segment = segments.get(key) ?? {
        key,
        where,
        views: 0,
        errorViews: 0,
        vitals: {
          lcp: emptyHistogram(),
          inp: emptyHistogram(),
          cls: emptyHistogram(),
          ttfb: emptyHistogram(),
        },
      };
      segments.set(key, segment);
      segment.views += 1;
      if (failed.has(view.id)) segment.errorViews += 1;
      for (const metric of ['lcp', 'inp', 'cls', 'ttfb'] as const) {
        const value = view[metric];
        const histogram = segment.vitals[metric];
        if (value !== null && histogram !== undefined) addValue(histogram, value, histogramBin(value));
      }
    }
  }
  return { t, segments: [...segments.values()] };
}
