import type { SeriesPoint } from '@rumkit/next-rum/analysis';
import { createRandom } from './random.js';

/** What a series of a site is of; each has a fault of its own kind. */
export const SERIES_KINDS = ['traffic', 'latency', 'errors', 'lowTraffic'] as const;
export type SeriesKind = (typeof SERIES_KINDS)[number];

export interface GeneratedSeries {
  readonly kind: SeriesKind;
  /** By the hour. */
  readonly points: readonly SeriesPoint[];
  /** The point from which on something is wrong; null where nothing is. */
  readonly faultFrom: number | null;
}

const HOUR = 3_600_000;
/** A Monday, four weeks before summer time begins in Berlin. */
const START = Date.parse('2026-03-02T00:00:00Z');
const HOURS = 6 * 168;
/** Of one sample's logarithm. */
const LATENCY_SPREAD = 0.6;

/** Six weeks of a shop's hours, with or without a fault in the last of them. */
export function generateSeries(kind: SeriesKind, isFaulty: boolean, seed: number): GeneratedSeries {
  const random = createRandom(seed);
  const faultFrom = isFaulty ? HOURS - 140 + Math.floor(random.even() * 100) : null;
  let mood = 0;
  const points = Array.from({ length: HOURS }, (_, index): SeriesPoint => {
    const t = START + index * HOUR;
    // What no calendar knows: weather, campaigns, news.
    mood = 0.9 * mood + 0.03 * random.normal();
    const isWrong = faultFrom !== null && index >= faultFrom;
    const views = random.poisson((kind === 'lowTraffic' ? 8 : 2000) * crowd(t) * Math.exp(mood));
    if (kind === 'errors') {
      const errors = random.poisson(views * (isWrong ? 0.03 : 0.01));
      return { t, n: views, value: errors / Math.max(1, views) };
    }
    if (kind === 'latency') {
      // Of the 75th percentile of a normal sample: sqrt(p (1 - p) / n) over the density there.
      const error = (LATENCY_SPREAD * Math.sqrt(0.1875 / Math.max(1, views))) / 0.3178;
      const usual = 2100 * (1 + 0.1 * crowd(t)) * Math.exp(mood / 3);
      return { t, n: views, value: usual * (isWrong ? 1.3 : 1) * Math.exp(error * random.normal()) };
    }
    return { t, value: isWrong ? Math.round(views * 0.15) : views };
  });
  return { kind, points, faultFrom };
}

/** How busy the shop is, 1 on average: evenings, fewer at night, more on Sundays. */
function crowd(t: number): number {
  const hour = (t / HOUR + 1) % 24;
  const day = Math.floor((t / HOUR + 1) / 24 + 4) % 7;
  const byHour =
    1 + 0.6 * Math.sin(((hour - 11) / 24) * 2 * Math.PI) + 0.25 * Math.sin(((hour - 3) / 12) * 2 * Math.PI);
  return byHour * ([0, 6].includes(day) ? 1.2 : 0.95);
}
