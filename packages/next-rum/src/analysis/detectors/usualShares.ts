import type { Above } from './baseline.js';
import { SITE_KEY, segmentKey, type Where } from './segment.js';

/** What was usual of views that have something in common: none, one, or two values. */
export interface Usual extends Above {
  readonly where: Where;
}

const NOTHING: Above = { n: 0, count: 0 };
/** No share is all. */
const LARGEST_SHARE = 0.95;
/**
 * What is usual somewhere is drawn towards what wider views tell as by samples of which so many are over the threshold: how many follows
 * from how far such places are usually off, within these.
 */
const [LEAST_DRAWN, MOST_DRAWN] = [2.5, 100];

/**
 * What share of views is usually over a threshold, where few were seen. What is known of a value is drawn towards what is so on the site,
 * and what is known of a pair towards what its values make of it when neither matters more for the other: the odds of the one
 * times those of the other, by those of the site. The more so, the less the values of a dimension, or of a pair of dimensions,
 * differ from that by more than chance (DerSimonian and Laird 1986, https://doi.org/10.1016/0197-2456(86)90046-2).
 *
 * @returns NaN where nothing is known of the site.
 */
export function usualShares(known: Iterable<Usual>): (where: Where) => number {
  const usual = new Map<string, Usual>();
  const groups = new Map<string, Usual[]>();
  for (const each of known) {
    usual.set(segmentKey(each.where), each);
    const dimensions = dimensionsOf(each.where);
    groups.set(dimensions, [...(groups.get(dimensions) ?? []), each]);
  }
  const site = usual.get(SITE_KEY);
  const ofSite = site === undefined || site.n === 0 ? Number.NaN : site.count / site.n;
  const strengths = new Map<string, number>();

  const drawn = (where: Where, towards: number): number => {
    const { n, count } = usual.get(segmentKey(where)) ?? { n: 0, count: 0 };
    if (!(towards > 0)) return n > 0 && towards === 0 ? Math.min(LARGEST_SHARE, count / n) : towards;
    const as = strengthOf(dimensionsOf(where));
    return Math.min(LARGEST_SHARE, (count + as) / (n + as / towards));
  };
  const wider = (where: Where): number => {
    const entries = Object.entries(where);
    if (entries.length < 2) return ofSite;
    const shares = entries.map(([dimension, value]) => drawn({ [dimension]: value }, ofSite));
    return together(shares, ofSite);
  };
  const strengthOf = (dimensions: string): number => {
    const found = strengths.get(dimensions);
    if (found !== undefined) return found;
    const strength = strengthBy(groups.get(dimensions) ?? [], wider, site ?? NOTHING);
    strengths.set(dimensions, strength);
    return strength;
  };
  return (where) => (Object.keys(where).length === 0 ? ofSite : drawn(where, wider(where)));
}

/**
 * By how much of their own to believe places that differ so much from what wider views tell.
 *
 * @param site Of which the places may be a part.
 */
function strengthBy(places: readonly Usual[], wider: (where: Where) => number, site: Above): number {
  const values = new Set<string>();
  const dimensions = Object.keys(places[0]?.where ?? {}).length;
  let [scatter, weights, squares, seen] = [0, 0, 0, 0];
  for (const { where, n, count } of places) {
    const share = wider(where);
    if (n === 0 || !(share > 0) || share >= 1) continue;
    const weight = (n * share) / (1 - share);
    scatter += weight * (count / (n * share) - 1) ** 2;
    weights += weight;
    squares += weight * weight;
    seen += 1;
    for (const entry of Object.entries(where)) values.add(JSON.stringify(entry));
  }
  if (seen === 0) return MOST_DRAWN;
  // Of a table those are free that do not follow from the shares of its values; of a full one the weights count alike.
  let free = Math.max(1, seen - (values.size - 1));
  let counted = (weights * free) / seen;
  if (dimensions === 1) {
    // The site is what they make of it, as far as they are all of it.
    const whole = Math.max(weights, (site.n * site.count) / (site.n - site.count));
    const part = weights / whole;
    free = seen - part * (2 - part);
    counted = weights - (squares / whole) * (2 - part);
  }
  const varies = counted > 0 ? (scatter - free) / counted : 0;
  return varies > 0 ? Math.min(MOST_DRAWN, Math.max(LEAST_DRAWN, 1 / varies)) : MOST_DRAWN;
}

function together(shares: readonly number[], site: number): number {
  if (!(site > 0) || site >= 1) return site;
  const odds = shares.reduce((product, share) => product * (oddsOf(share) / oddsOf(site)), oddsOf(site));
  return odds / (1 + odds);
}

function oddsOf(share: number): number {
  return share / (1 - share);
}

function dimensionsOf(where: Where): string {
  return Object.keys(where).sort().join('\n');
}
