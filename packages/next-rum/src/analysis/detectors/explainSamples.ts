import { addValue, emptyHistogram, histogramBin, histogramCount } from '../logHistogram.js';
import { type ExplainedRise, explainRise, type RiseRow } from './explainRise.js';
import type { Sample } from './sample.js';
import { segmentKey, type Where } from './segment.js';
import { CALL, slowedRows } from './slowedRows.js';
import { usualShares } from './usualShares.js';
import { likelierByScores, normalScores, type ScoreOf } from './valueScores.js';

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
  ['route', 'element'],
  ['route', 'resource'],
  ['device', 'element'],
  ['device', 'resource'],
] as const;
/** Of the views in which something was named, so many are of one route: it is one of that route. */
const OF_ONE_ROUTE = 0.98;
/** Dimensions that mean something only together with their route. */
const OF_A_ROUTE = ['element', 'resource', CALL];
/** No release has a past of its own: it is expected to be as all others were. */
const NEW_EACH_TIME = 'release';
/** So few views of a release are those of somebody who tries it out. */
const FEWEST_OF_RELEASE = 5;

interface Counted {
  readonly where: Where;
  n: number;
  count: number;
  /** Of the scores of its values. */
  sum: number;
  squares: number;
}

/**
 * Finds which views make up a rise from single ones: those of the rise against those of a time when all was as usual. Of few
 * samples what is usual in a pair of values is known from each of the two.
 *
 * @param now In any order. Where a release came up among them, only what is from then on counts.
 * @param before Of the same hours of other days, so that the time of day makes no difference.
 */
export function explainSamples(now: readonly Sample[], before: readonly Sample[]): ExplainedRise {
  const scoreOf = scoresBy(before);
  const usual = countAll(before, scoreOf);
  const likelierOf = scoreOf === null ? null : likelierByScores(usual.values());
  const shareOf = usualShares(usual.values());
  const since = sinceNewRelease(now, usual);
  const rows = slowedRows(since, before, shareOf);
  for (const counted of countAll(since, scoreOf).values()) {
    const { where, n, count } = counted;
    const { [NEW_EACH_TIME]: _, ...elsewhere } = where;
    const row = { where, n, count, expected: n * (shareOf(elsewhere) || 0) };
    rows.push(likelierOf === null ? row : { ...row, likelier: likelierOf(counted) });
  }
  const { rise, causes } = explainRise(rows);
  const routes = routesOf(rows);
  return {
    rise,
    causes: causes.map((cause) => ({
      ...cause,
      places: cause.places.map((place) => routes(place) ?? place),
    })),
  };
}

/** The place on the one route that it is of, of those that mean something only there; null of others. */
function routesOf(rows: readonly RiseRow[]): (place: Where) => Where | null {
  const counts = new Map(rows.map(({ where, n }) => [segmentKey(where), n]));
  const onRoute = new Map<string, RiseRow>();
  for (const row of rows) {
    const { route, ...rest } = row.where;
    const key = segmentKey(rest);
    if (route !== undefined && row.n >= OF_ONE_ROUTE * (counts.get(key) ?? 0)) onRoute.set(key, row);
  }
  return (place) => {
    const [name, ...others] = Object.keys(place);
    if (name === undefined || others.length > 0 || !OF_A_ROUTE.includes(name)) return null;
    return onRoute.get(segmentKey(place))?.where ?? null;
  };
}

/** Scores by what was usual; null where no values are known, as of errors. */
function scoresBy(before: readonly Sample[]): ScoreOf | null {
  const usual = emptyHistogram();
  for (const { value } of before) if (typeof value === 'number') addValue(usual, value, histogramBin(value));
  return histogramCount(usual) === 0 ? null : normalScores(usual);
}

/** By key, of all views, of each value and of each pair of values. */
function countAll(samples: readonly Sample[], scoreOf: ScoreOf | null): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  const add = (where: Where, isOver: boolean, score: number): void => {
    const key = segmentKey(where);
    let each = counted.get(key);
    if (each === undefined) {
      each = { where, n: 0, count: 0, sum: 0, squares: 0 };
      counted.set(key, each);
    }
    each.n += 1;
    if (isOver) each.count += 1;
    each.sum += score;
    each.squares += score * score;
  };
  for (const { values, isOver, value: measured } of samples) {
    const score = scoreOf === null || typeof measured !== 'number' ? 0 : scoreOf(histogramBin(measured));
    add({}, isOver, score);
    for (const [dimension, value] of Object.entries(values)) add({ [dimension]: value }, isOver, score);
    for (const [one, other] of PAIRS) {
      const [first, second] = [values[one], values[other]];
      if (first !== undefined && second !== undefined) add({ [one]: first, [other]: second }, isOver, score);
    }
  }
  return counted;
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
