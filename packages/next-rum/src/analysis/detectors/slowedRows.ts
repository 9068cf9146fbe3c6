import type { RiseRow } from './explainRise.js';
import type { Sample } from './sample.js';
import { SITE_KEY, segmentKey, type Where } from './segment.js';

/** How the call that slowed a view is named beside its dimensions. */
export const CALL = 'api';
/** So many views that a call slowed are told of. */
const FEWEST_SLOWED = 5;
/** What is usual of a route is drawn towards what is so on the site as by so many samples. */
const FEW = 10;

interface Slowed {
  /** All that were looked at, by the key of their route, and of the site. */
  readonly looked: ReadonlyMap<string, number>;
  readonly slowed: ReadonlyMap<string, Omit<RiseRow, 'usually'>>;
}

/**
 * Of each call, on the site and on each route, how many views it slowed that are over the threshold, against how many it usually slows
 * there. That it was slow is itself what changed: of the views in which it was, nearly all were always over the threshold, so
 * that other than of dimensions the share of all views is what is compared.
 *
 * @param shareOf What share of views is usually over the threshold.
 */
export function slowedRows(
  now: readonly Sample[],
  before: readonly Sample[],
  shareOf: (where: Where) => number,
): RiseRow[] {
  const [seen, usual] = [count(now, shareOf), count(before, shareOf)];
  const [all, allBefore] = [seen.looked.get(SITE_KEY) ?? 0, usual.looked.get(SITE_KEY) ?? 0];
  if (all === 0 || allBefore === 0) return [];
  // As if all had been looked at.
  const scale = now.length / all;
  return [...seen.slowed].flatMap(([key, { where, n, count, expected }]): RiseRow[] => {
    if (count < FEWEST_SLOWED) return [];
    const { route, [CALL]: call = '' } = where;
    const ofSite = ((usual.slowed.get(segmentKey({ [CALL]: call }))?.count ?? 0) + 0.5) / (allBefore + 1);
    const place = route === undefined ? SITE_KEY : segmentKey({ route });
    const share =
      route === undefined
        ? ofSite
        : ((usual.slowed.get(key)?.count ?? 0) + FEW * ofSite) / ((usual.looked.get(place) ?? 0) + FEW);
    return [
      {
        where,
        n: Math.round(scale * n),
        count: Math.round(scale * count),
        expected: scale * expected,
        usually: scale * (seen.looked.get(place) ?? 0) * share,
      },
    ];
  });
}

function count(samples: readonly Sample[], shareOf: (where: Where) => number): Slowed {
  const looked = new Map<string, number>();
  const slowed = new Map<string, { where: Where; n: number; count: number; expected: number }>();
  for (const { values, isOver, call } of samples) {
    if (call === undefined) continue;
    const { route } = values;
    const places: Where[] = route === undefined ? [{}] : [{}, { route }];
    for (const place of places) {
      const all = segmentKey(place);
      looked.set(all, (looked.get(all) ?? 0) + 1);
      if (call === null) continue;
      const where: Where = { ...place, [CALL]: call };
      const key = segmentKey(where);
      const sum = slowed.get(key) ?? { where, n: 0, count: 0, expected: 0 };
      slowed.set(key, sum);
      sum.n += 1;
      // Had it not been slow, the view would have been as those of its route usually are.
      sum.expected += shareOf(route === undefined ? {} : { route }) || 0;
      if (isOver) sum.count += 1;
    }
  }
  return { looked, slowed };
}
