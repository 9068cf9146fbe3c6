import type { LogHistogram } from '../logHistogram.js';

/** Which views are meant: all that have these values, by dimension. Empty: all views of the site. */
export type Where = { readonly [dimension: string]: string };

/** What was counted in one bucket of time of the views that have something in common. */
export interface SegmentCounts {
  /** {@link segmentKey} of `where`. */
  readonly key: string;
  /** At most two dimensions. */
  readonly where: Where;
  readonly views: number;
  /** Views with at least one error. */
  readonly errorViews: number;
  /** Of vitals and latencies, by name; in ms, CLS unitless. */
  readonly vitals: { readonly [metric: string]: LogHistogram };
}

/** What was counted in one bucket of time. */
export interface SiteBucket {
  /** Its begin, epoch ms. */
  readonly t: number;
  /** In any order. A segment without views may be left out, also that of the whole site. */
  readonly segments: readonly SegmentCounts[];
}

/** The whole site. */
export const SITE_KEY = '';

/**
 * A name for a segment that no other one has.
 *
 * @example
 * ```ts
 * segmentKey({ country: 'DE', browser: 'Safari' }); // '["browser","Safari","country","DE"]'
 * ```
 */
export function segmentKey(where: Where): string {
  const named = Object.entries(where);
  if (named.length === 0) return SITE_KEY;
  named.sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(named.flat());
}

/** What {@link segmentKey} made a key of. */
export function whereOfKey(key: string): Where {
  if (key === SITE_KEY) return {};
  const parts = JSON.parse(key) as readonly string[];
  return Object.fromEntries(
    parts.flatMap((part, place) => (place % 2 === 0 ? [[part, parts[place + 1] ?? '']] : [])),
  );
}
