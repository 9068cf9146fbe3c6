import type { Random } from './random.js';
import { sampleVisitor, type Visitor } from './visitors.js';

const HOUR = 3_600_000;

/** When somebody came, and who. */
export interface Arrival {
  /** Epoch ms. */
  readonly at: number;
  readonly visitor: Visitor;
}

/** How busy each hour of a European day is (UTC), on average 1. */
const HOURS = [
  0.35, 0.22, 0.15, 0.12, 0.15, 0.28, 0.55, 0.85, 1.1, 1.2, 1.25, 1.3, 1.35, 1.25, 1.2, 1.2, 1.3, 1.5, 1.8,
  2.05, 2.0, 1.55, 0.95, 0.55,
] as const;
/** And each day of the week, from Sunday. */
const WEEKDAYS = [1.25, 0.95, 0.92, 0.95, 0.97, 0.88, 1.08] as const;

/** Visits to a middling shop, an hour of average business. */
const VISITS_PER_HOUR = 16;

/**
 * Arrivals between two times, in order: fewer at night, more on Sundays.
 *
 * @param from Epoch ms; `to` likewise.
 */
export function sampleArrivals(from: number, to: number, random: Random): readonly Arrival[] {
  const arrivals: Arrival[] = [];
  for (let hour = Math.floor(from / HOUR) * HOUR; hour < to; hour += HOUR) {
    const date = new Date(hour);
    const busy = (HOURS[date.getUTCHours()] ?? 1) * (WEEKDAYS[date.getUTCDay()] ?? 1);
    const times = Array.from(
      { length: random.poisson(VISITS_PER_HOUR * busy) },
      () => hour + random.next() * HOUR,
    );
    for (const at of times.sort((a, b) => a - b)) {
      arrivals.push({ at: Math.floor(at), visitor: sampleVisitor(random) });
    }
  }
  return arrivals.filter(({ at }) => at >= from && at < to);
}
