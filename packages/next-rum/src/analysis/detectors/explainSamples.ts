import { type ExplainedRise, explainRise, type RiseRow } from './explainRise.js';
import { SITE_KEY, segmentKey, type Where } from './segment.js';

/** One view, and whether it is over the threshold or has an error. */
export interface Sample {
  /** Epoch ms. */
  readonly t: number;
  /** All dimensions in which it can be told from others. */
  readonly values: Where;
  readonly isOver: boolean;
}

/** Of which two values together may be the cause. */
const PAIRS = [
  ['route', 'country'],
  ['route', 'device'],
  ['route', 'browser'],
  ['route', 'connection'],
  ['route', 'release'],
  ['country', 'device'],
  ['country', 'browser'],
  ['country', 'connection'],
  ['browser', 'release'],
  ['device', 'element'],
  ['device', 'resource'],
] as const;
/** What is usual somewhere is drawn towards what it would be by its values one by one, as by so many samples. */
const FEW = 10;
/** No share is expected to be all. */
const LARGEST_SHARE = 0.95;
/** No release has a past of its own: it is expected to be as all others were. */
const NEW_EACH_TIME = 'release';
/** So few views of a release are those of somebody who tries it out. */
const FEWEST_OF_RELEASE = 5;

interface Counted {
  readonly where: Where;
  n: number;
  count: number;
}

/**
 * Finds which views make up a rise from single ones: those of the rise against those of a time when all was as usual. Of few
 * samples what is usual in a pair of values is known from each of the two.
 *
 * @param now In any order. Where a release came up among them, only what is from then on counts.
 * @param before Of the same hours of other days, so that the time of day makes no difference.
 */
export function explainSamples(now: readonly Sample[], before: readonly Sample[]): ExplainedRise {
  const usual = countAll(before);
  const shareOf = shares(usual);
  const rows: RiseRow[] = [];
  for (const { where, n, count } of countAll(sinceNewRelease(now, usual)).values()) {
    const { [NEW_EACH_TIME]: _, ...elsewhere } = where;
    rows.push({ where, n, count, expected: n * shareOf(elsewhere) });
  }
  return explainRise(rows);
}

/** By key, of all views, of each value and of each pair of values. */
function countAll(samples: readonly Sample[]): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  const add = (where: Where, isOver: boolean): void => {
    const key = segmentKey(where);
    let each = counted.get(key);
    if (each === undefined) {
      each = { where, n: 0, count: 0 };
      counted.set(key, each);
    }
    each.n += 1;
    if (isOver) each.count += 1;
  };
  for (const { values, isOver } of samples) {
    add({}, isOver);
    for (const [dimension, value] of Object.entries(values)) add({ [dimension]: value }, isOver);
    for (const [one, other] of PAIRS) {
      const [first, second] = [values[one], values[other]];
      if (first !== undefined && second !== undefined) add({ [one]: first, [other]: second }, isOver);
    }
  }
  return counted;
}

function shares(usual: ReadonlyMap<string, Counted>): (where: Where) => number {
  const site = usual.get(SITE_KEY);
  const ofSite = site === undefined ? 0 : site.count / site.n;
  const drawn = (where: Where, towards: number): number => {
    const { n, count } = usual.get(segmentKey(where)) ?? { n: 0, count: 0 };
    return Math.min(LARGEST_SHARE, (count + FEW * towards) / (n + FEW));
  };
  return (where) => {
    const each = Object.entries(where).map(([dimension, value]) => drawn({ [dimension]: value }, ofSite));
    const [first = ofSite, second] = each;
    if (second === undefined) return first;
    return drawn(where, ofSite > 0 ? Math.min(LARGEST_SHARE, (first * second) / ofSite) : first);
  };
}

/** What was before a new release would only hide what it did. */
function sinceNewRelease(samples: readonly Sample[], usual: ReadonlyMap<string, Counted>): readonly Sample[] {
  const firsts = new Map<string, { at: number; n: number }>();
  for (const { t, values } of samples) {
    const { release } = values;
    if (release === undefined || usual.has(segmentKey({ release }))) continue;
    const first = firsts.get(release) ?? { at: t, n: 0 };
    firsts.set(release, { at: Math.min(first.at, t), n: first.n + 1 });
  }
  const begins = [...firsts.values()].filter(({ n }) => n >= FEWEST_OF_RELEASE).map(({ at }) => at);
  if (begins.length === 0) return samples;
  const since = Math.min(...begins);
  return samples.filter(({ t }) => t >= since);
}
