import type { VitalName } from '@rumkit/react-rum/protocol';
import { histogramCount, histogramPercentile, type LogHistogram } from '../logHistogram.js';

/** What is followed from day to day. */
export const FOLLOWED_METRICS = ['lcp', 'inp', 'cls', 'fcp', 'ttfb', 'errors', 'views'] as const;
export type FollowedMetric = (typeof FOLLOWED_METRICS)[number];

/** What was counted on a UTC day. */
export interface FollowedDay {
  /** Begin, epoch ms. */
  readonly t: number;
  readonly views: number;
  /** Null where it is not known. */
  readonly errors: number | null;
  readonly vitals: { readonly [name in VitalName]: LogHistogram };
}

/** The days of all views, or of those of one route, on which there was one, in order. */
export interface FollowedPlace {
  /** Null: all. */
  readonly route: string | null;
  readonly days: readonly FollowedDay[];
}

/** A metric on one day. */
export interface DayValue {
  /** Begin of the UTC day, epoch ms. */
  readonly t: number;
  /** p75 of a vital (ms, CLS unitless), errors a view, or views. */
  readonly value: number;
  /** Views that it is told from. */
  readonly n: number;
}

const DAY = 86_400_000;
/**
 * Fewer views make no p75 of a day: where times are log-normal and vary as page loads do (σ 0.5), p75 of 50 is off by a
 * tenth already (standard error σ · √(p (1 − p) / n) / φ(z), Serfling 1980, 2.3.3).
 */
const FEWEST = 50;

/**
 * A metric day by day. Days with too few views are left out; of views themselves none is but the first one, in whose middle they may have
 * begun to be counted.
 *
 * @param until End of the last day, epoch ms.
 */
export function daySeries({ days }: FollowedPlace, metric: FollowedMetric, until: number): DayValue[] {
  if (metric === 'views') return viewsOf(days, until);
  return days.flatMap(({ t, views, errors, vitals }): DayValue[] => {
    if (metric === 'errors')
      return errors === null || views < FEWEST ? [] : [{ t, value: errors / views, n: views }];
    const n = histogramCount(vitals[metric]);
    const value = n < FEWEST ? null : histogramPercentile(vitals[metric], 0.75);
    return value === null ? [] : [{ t, value, n }];
  });
}

function viewsOf(days: readonly FollowedDay[], until: number): DayValue[] {
  const [first] = days;
  if (first === undefined) return [];
  const counts = new Map(days.map(({ t, views }) => [t, views]));
  return Array.from({ length: Math.round((until - first.t) / DAY) - 1 }, (_, place) => {
    const t = first.t + (place + 1) * DAY;
    const n = counts.get(t) ?? 0;
    return { t, value: n, n };
  });
}
