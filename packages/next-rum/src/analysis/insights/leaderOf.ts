import type { WatchedIncident } from './watchedIncident.js';

type Placed = Pick<WatchedIncident, 'id' | 'rule' | 'partOf' | 'began' | 'ended' | 'where' | 'causes'>;

/** What one cause does to several metrics is seen within so long, ms: some take more hours than others to be sure of. */
const TOGETHER = 3 * 3_600_000;

/**
 * The incident of another metric that a new one is one with, so that a deploy that slows LCP and INP is told of once: it is open,
 * began within three hours of it, and comes from nowhere else. What rules found stays by itself: somebody asked for it.
 *
 * @param open Those that are not over, in the order in which they are to be asked.
 * @returns Null where it is one by itself.
 *
 * @example
 * ```ts
 * const found = { ...incident, partOf: leaderOf(incident, open)?.id ?? null };
 * ```
 */
export function leaderOf<Incident extends Placed>(found: Placed, open: readonly Incident[]): Incident | null {
  if (found.rule !== null) return null;
  const leader = open.find(
    (each) =>
      each.id !== found.id &&
      each.rule === null &&
      each.partOf === null &&
      each.ended === null &&
      Math.abs(each.began - found.began) <= TOGETHER &&
      canBeOneIn(placesOf(each), placesOf(found)),
  );
  return leader ?? null;
}

/** Where the likeliest cause has it or, where none is known, where it was seen. */
function placesOf({ where, causes }: Placed): readonly Placed['where'][] {
  return causes[0]?.places ?? [where];
}

/** Whether two are nowhere at odds: of no dimension do both name values of which none is the same. */
function canBeOneIn(places: readonly Placed['where'][], others: readonly Placed['where'][]): boolean {
  return places.some((place) =>
    others.some((other) =>
      Object.entries(place).every(([dimension, value]) => (other[dimension] ?? value) === value),
    ),
  );
}
