import { binsOf, histogramCount, type LogHistogram } from '../logHistogram.js';
import { normalUpperQuantile } from '../statistics/standardNormal.js';
import { SITE_KEY, segmentKey, type Where } from './segment.js';

/** Of a value's bin, where it would stand among usual ones. */
export type ScoreOf = (bin: number) => number;

/** What the scores of the values of some views add up to. */
export interface Scores {
  readonly where: Where;
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** What was usual of a value is drawn towards the site, and of a pair towards what its values add up to, as by so many samples. */
const FEW = { value: 10, pair: 40 };
/** No release has a past of its own. */
const NEW_EACH_TIME = 'release';

/**
 * By how much likelier the values of a place are if they rose there, nats, from all of them and not only from how many are over a
 * threshold, which tells half as much, and least of a place where some views are always slow. Each value is told by its score, and
 * the less is known of what was usual the less it says.
 *
 * @param usually Scores of what was usual, of the site and of values and pairs of them.
 * @returns 0 where they have not risen.
 */
export function likelierByScores(usually: Iterable<Scores>): (place: Scores) => number {
  const usual = new Map<string, Scores>();
  for (const each of usually) usual.set(segmentKey(each.where), each);
  const site = usual.get(SITE_KEY);
  if (site === undefined || site.n === 0) return () => 0;
  const middle = site.sum / site.n;
  const scatter = aroundMean(site) / site.n;
  const ofValue = (where: Where): number => {
    const { n = 0, sum = 0 } = usual.get(segmentKey(where)) ?? {};
    return (sum + FEW.value * middle) / (n + FEW.value);
  };
  return ({ where, ...now }) => {
    const { [NEW_EACH_TIME]: _, ...elsewhere } = where;
    const parts = Object.entries(elsewhere).map(([dimension, value]) => ofValue({ [dimension]: value }));
    const own = usual.get(segmentKey(elsewhere)) ?? { n: 0, sum: 0, squares: 0 };
    const few = parts.length > 1 ? FEW.pair : FEW.value;
    const towards = parts.reduce((sum, part) => sum + part - middle, middle);
    const before = parts.length > 1 ? (own.sum + few * towards) / (own.n + few) : towards;
    const varies = (aroundMean(own) + few * scatter) / (own.n + few);
    const mean = now.sum / now.n;
    if (now.n === 0 || mean <= before || varies <= 0) return 0;
    return (mean - before) ** 2 / (2 * varies * (1 / now.n + 1 / (own.n + few)));
  };
}

/** Of squared distances from the mean, the sum. */
function aroundMean({ n, sum, squares }: Omit<Scores, 'where'>): number {
  return n === 0 ? 0 : squares - (sum * sum) / n;
}

export function scoresOf(where: Where, values: LogHistogram, scoreOf: ScoreOf): Scores {
  let [n, sum, squares] = [0, 0, 0];
  for (const [bin, count] of binsOf(values)) {
    const score = scoreOf(bin);
    n += count;
    sum += count * score;
    squares += count * score * score;
  }
  return { where, n, sum, squares };
}

/**
 * Scores of values by their rank among usual ones, on the scale of a normal distribution (van der Waerden 1952,
 * https://doi.org/10.1016/S1385-7258(52)50063-5), so that neither a few enormous values nor the unit matter.
 */
export function normalScores(usual: LogHistogram): ScoreOf {
  const total = histogramCount(usual);
  if (total === 0) return () => 0;
  const scoreAt = (below: number): number =>
    -normalUpperQuantile(Math.min(1 - 0.5 / total, Math.max(0.5 / total, below / total)));
  const scores = new Map<number, number>();
  const bins = binsOf(usual);
  let below = 0;
  for (const [bin, count] of bins) {
    scores.set(bin, scoreAt(below + count / 2));
    below += count;
  }
  return (bin) => {
    const known = scores.get(bin);
    if (known !== undefined) return known;
    // In between, or beyond.
    const before = bins.reduce((sum, [each, count]) => (each < bin ? sum + count : sum), 0);
    const score = scoreAt(before);
    scores.set(bin, score);
    return score;
  };
}
