import { GRAIN_MS } from '../../rollup/grains.js';
import type { Span } from '../rollup/rawSpans.js';
import { fractionOf, spread } from '../spread.js';

/** Most spans that a sample is taken from: each is some statements. */
const MOST_SPANS = 12;
/** So that one odd hour is not taken for a month. */
const LEAST_SPANS = 4;

/** Of what a sample is to be taken. */
export interface Population extends Span {
  /** Views in it. */
  readonly views: number;
}

/** How much of it may be looked at. */
export interface Effort {
  /** Views that are passed in an index. */
  readonly scanned: number;
  /** Views that are read, of some of the visitors. */
  readonly read: number;
  /** Shortest span, ms: sessions are whole in it. */
  readonly shortest: number;
}

export interface SamplePlan {
  /** In an order in which the first few are spread as well as all of them. */
  readonly spans: readonly Span[];
  /** Share of the visitors, 0–1. */
  readonly share: number;
  /** Views of all visitors a ms. */
  readonly rate: number;
}

/**
 * Where to look for sessions that stand for all of a range. No index finds the views of a visitor, but that of times has the
 * visitor in it, a hash: passing a view in it costs some 0.1 µs, reading one 3 µs. So spans of some hours are passed, one in
 * each equal part of the range and each at another time of day, and the views of some of the visitors are read, who are whole in them.
 *
 * @example
 * ```ts
 * planSample({ begins: 0, ends: 3_600_000, views: 100 }, { scanned: 1000, read: 1000, shortest: 60_000 }); // all of it
 * ```
 */
export function planSample({ begins, ends, views }: Population, effort: Effort): SamplePlan {
  const length = ends - begins;
  const rate = length > 0 ? views / length : 0;
  const count = Math.max(
    LEAST_SPANS,
    Math.min(MOST_SPANS, Math.floor(effort.scanned / (rate * effort.shortest))),
  );
  const own = Math.max(effort.shortest, effort.scanned / (rate * count));
  if (views <= effort.scanned || own * count >= length) {
    return { spans: [{ begins, ends }], share: Math.min(1, effort.read / Math.max(views, 1)), rate };
  }
  const part = length / count;
  const spans = Array.from({ length: count }, (_, place) => {
    const start = begins + place * part;
    const later = untilTimeOfDay(start, fractionOf(place), part - own);
    return { begins: Math.floor(start + later), ends: Math.floor(start + later + own) };
  });
  return {
    spans: spread(spans),
    share: Math.min(1, effort.read / (rate * own * count)),
    rate,
  };
}

/** How long after a moment that share of a day is, ms; where there is less room, that share of it. */
function untilTimeOfDay(moment: number, share: number, room: number): number {
  const { day } = GRAIN_MS;
  return room < day ? room * share : (((share * day - moment) % day) + day) % day;
}
