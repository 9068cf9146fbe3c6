import { bestNabScore, NAB_PROFILES, type NabSeries, nabScoreAt } from './nabRules.js';

export interface HeldOutScore {
  readonly group: string;
  readonly windows: number;
  /** From all other groups. */
  readonly threshold: number;
  readonly score: number;
}

const { standard } = NAB_PROFILES;

/** Each folder of series scored with the threshold that is best for all others, and all of them together. */
export function leaveGroupsOut(
  all: readonly NabSeries[],
  scores: readonly Float64Array[],
): { readonly groups: readonly HeldOutScore[]; readonly score: number } {
  const groupOf = ({ series }: NabSeries) => series.name.split('/')[0] ?? '';
  const groups = [...new Set(all.map(groupOf))].flatMap((group): HeldOutScore[] => {
    const inside = all.flatMap((each, index) => (groupOf(each) === group ? [index] : []));
    const outside = all.flatMap((each, index) => (groupOf(each) === group ? [] : [index]));
    const windows = inside.reduce((sum, index) => sum + (all[index]?.windows ?? 0), 0);
    if (windows === 0) return [];
    const { threshold } = bestNabScore(pick(all, outside), pick(scores, outside), standard);
    const score = nabScoreAt(pick(all, inside), pick(scores, inside), standard, threshold);
    return [{ group, windows, threshold, score }];
  });
  return { groups, score: weightedMean(groups) };
}

/** The mean score of one half of the series with the threshold of the other half, over `rounds` ways to halve them. */
export function splitHalves(
  all: readonly NabSeries[],
  scores: readonly Float64Array[],
  rounds: number,
): number {
  const random = randomNumbers(7);
  const results: { score: number; windows: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const order = all.map((_, index) => ({ index, key: random() })).sort((one, other) => one.key - other.key);
    const half = order.length >> 1;
    const first = order.slice(0, half).map(({ index }) => index);
    const second = order.slice(half).map(({ index }) => index);
    for (const [seen, unseen] of [
      [first, second],
      [second, first],
    ] as const) {
      const { threshold } = bestNabScore(pick(all, seen), pick(scores, seen), standard);
      const windows = unseen.reduce((sum, index) => sum + (all[index]?.windows ?? 0), 0);
      if (windows > 0)
        results.push({
          windows,
          score: nabScoreAt(pick(all, unseen), pick(scores, unseen), standard, threshold),
        });
    }
  }
  return weightedMean(results);
}

function pick<Item>(items: readonly Item[], indices: readonly number[]): Item[] {
  return indices.flatMap((index) => items[index] ?? []);
}

function weightedMean(parts: readonly { readonly score: number; readonly windows: number }[]): number {
  const windows = parts.reduce((sum, part) => sum + part.windows, 0);
  return parts.reduce((sum, part) => sum + part.score * part.windows, 0) / windows;
}

/** Mulberry32, 0 to 1: the same numbers each run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
