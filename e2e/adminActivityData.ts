import { defineRum } from '@rumkit/next-rum';
import { newId } from '@rumkit/react-rum/protocol';
import { blankView } from './adminData.js';
import { numbers } from './numbers.js';
import type { View } from './shop.js';
import { intervalText } from './shownFigures.js';

const HOUR = 3_600_000;

type Store = Awaited<ReturnType<ReturnType<typeof defineRum>['store']>>;
export type Event = Awaited<ReturnType<Store['events']>>[number];
export interface Said {
  readonly [field: string]: unknown;
}

/** The last whole hours before now. */
export const TO: number = Math.floor(Date.now() / HOUR) * HOUR;
export const FROM: number = TO - 6 * HOUR;

/** What somebody could have sent to harm whoever looks at it. */
export const HOSTILE = '<script>window.hacked=1</script>';

const ROUTES = ['/', '/product/[id]', '/checkout'];

/** Views of 60 visitors on three routes. */
export const VIEWS: readonly View[] = (() => {
  const next = numbers(42);
  return Array.from({ length: 240 }, (_view, index) => {
    const startedAt = Math.floor(FROM + next() * 5.9 * HOUR);
    const route = ROUTES[Math.floor(next() * ROUTES.length)] ?? '/';
    return blankView({
      startedAt,
      ttfb: null,
      visitor: `visitor-${index % 60}`,
      route,
      device: next() < 0.5 ? 'mobile' : 'desktop',
      browser: next() < 0.5 ? 'Firefox' : 'Chrome',
      country: 'DE',
      lcp: 1000 + next() * 1000,
    });
  });
})();

/** Of the type, each in a view. */
export function eventsOf(
  type: Event['type'],
  count: number,
  seed: number,
  make: (next: () => number) => Pick<Event, 'name' | 'duration'> & { readonly said: Said },
): readonly (Event & { readonly said: Said })[] {
  const next = numbers(seed);
  return Array.from({ length: count }, () => {
    const view = VIEWS[Math.floor(next() * VIEWS.length)] ?? VIEWS[0];
    if (view === undefined) throw new Error('There are no views.');
    const occurredAt = view.startedAt + Math.floor(next() * 60_000);
    const { said, ...made } = make(next);
    return {
      app: 'default',
      id: newId(occurredAt),
      viewId: view.id,
      type,
      occurredAt,
      receivedAt: occurredAt + 100,
      visitor: view.visitor,
      route: view.route,
      data: JSON.stringify(said),
      sample: false,
      sampleRate: null,
      clock: null,
      ...made,
      said,
    };
  });
}

/** Stores {@link VIEWS} and events of them. */
export async function fill(
  database: string,
  events: readonly (Event & { readonly said: Said })[],
): Promise<void> {
  const store = await defineRum({ database }).store();
  await store.insert({ views: VIEWS, events: events.map(({ said: _said, ...event }) => event) });
  await store.close();
}

/** By nearest rank, by definition; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length - 1e-9) - 1] ?? Number.NaN;
}

/** As the admin writes durations. */
export function durationText(ms: number): string {
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(ms / 1000 < 9.995 ? 2 : 1)} s`;
}

/** As the admin writes shares. */
export function shareText(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  if (part > 0 && percent < 1) return '<1 %';
  if (part < whole && percent > 99) return '>99 %';
  return `${Math.round(percent)} %`;
}

/** A percentile, and under it its interval. */
export function percentileText(values: readonly number[], share: number): string {
  return `${durationText(percentile(values, share))}${intervalText(values, share, durationText)}`;
}
