import { segmentKey, type Where } from './segment.js';

/** What was counted of views that have something in common, and what would have been, had nothing changed. */
export interface RiseRow {
  /** Up to two dimensions; none: all views. */
  readonly where: Where;
  readonly n: number;
  /** Of them, over the threshold or with an error. */
  readonly count: number;
  readonly expected: number;
  /**
   * Where having the value is itself what may have changed, such as that a call was slow: how many usually have it and are over the
   * threshold. More views than `n` could have had it.
   */
  readonly usually?: number;
  /** By how much likelier its values are if they rose here, nats; where it is known from more than the count. */
  readonly likelier?: number;
}

/** One way to say where a rise comes from. */
export interface RiseCause {
  /** One place, or a few of the same dimensions. An empty one: everywhere alike. */
  readonly places: readonly Where[];
  readonly n: number;
  readonly count: number;
  readonly expected: number;
  /** Explanatory power: of the whole rise the share that happened here. More than 1 where it fell elsewhere. */
  readonly power: number;
  /** Jensen–Shannon divergence of its shares of what was expected and of what came, nats. */
  readonly surprise: number;
  /** By how much likelier the counts are if it rose here and nowhere else, nats, less two for every value that is named. */
  readonly evidence: number;
}

export interface ExplainedRise {
  /** Counts over what was expected, in all. */
  readonly rise: number;
  /** Likeliest first; one for every dimension and pair of dimensions that explains something. */
  readonly causes: readonly RiseCause[];
}

/** The thresholds of Adtributor: an element must explain so much, and a cause this much or all that its elements can. */
const LEAST_POWER = 0.1;
const ENOUGH_POWER = 0.67;
/** Of views that are so nearly the same, fewer words are enough. */
const SAME = 0.98;
/** What a value that is named must make likelier, nats. */
const A_VALUE = 2;
/** Nothing is so rare that it could not have been. */
const LEAST_EXPECTED = 0.5;
/** More places are no explanation. */
const MOST_PLACES = 3;

/**
 * Finds which views make up a rise, as Adtributor does (Bhagwan et al., NSDI 2014,
 * https://www.usenix.org/conference/nsdi14/technical-sessions/presentation/bhagwan): in every dimension the elements with the most
 * surprise are taken that explain enough, and as few as can be. It works on counts over a threshold, since counts of parts add
 * up where percentiles do not. Pairs of dimensions are treated as dimensions. They compete, with one another and with "it rose
 * everywhere alike", by likelihood: the expectation-based scan statistic (Neill 2006,
 * https://doi.org/10.1016/j.ijforecast.2008.12.002), less two for every value that is named, so that few words win.
 *
 * @param rows One of all views, and one for each value or pair of values, each at most once.
 *
 * @example
 * ```ts
 * const { causes } = explainRise(rows);
 * causes[0]?.places; // [{ route: '/product/[id]', browser: 'Safari' }]
 * ```
 */
export function explainRise(rows: readonly RiseRow[]): ExplainedRise {
  const all = rows.find(({ where }) => Object.keys(where).length === 0);
  // Where it fell elsewhere the rise may be larger than that of all together.
  const rise = Math.max(0, ...rows.map(({ count, expected }) => count - expected));
  if (all === undefined || rise === 0) return { rise, causes: [] };
  const whole = all.count > all.expected ? all.count - all.expected : rise;
  // That a call was slow says why, which where does not say in fewer words.
  const samplesOf = (isMade: boolean): ReadonlyMap<string, number> =>
    new Map(
      rows
        .filter(({ usually }) => (usually !== undefined) === isMade)
        .map(({ where, n }) => [segmentKey(where), n]),
    );
  const [found, made] = [samplesOf(false), samplesOf(true)];
  const groups = new Map<string, RiseRow[]>();
  for (const row of rows) {
    const dimensions = Object.keys(row.where).sort().join('\n');
    const group = groups.get(dimensions);
    if (group === undefined) groups.set(dimensions, [row]);
    else group.push(row);
  }
  const causes: RiseCause[] = [];
  for (const group of groups.values()) {
    const cause = succinct(group, all, whole, group[0]?.usually === undefined ? found : made);
    if (cause !== null) causes.push(cause);
  }
  causes.sort((one, other) => other.evidence - one.evidence);
  return { rise: whole, causes };
}

/** Whether fewer words say the same: nearly all views with the values that the places share are in them. */
function isRedundant(places: readonly Where[], n: number, samples: ReadonlyMap<string, number>): boolean {
  const [first = {}] = places;
  const names = Object.keys(first);
  const shared = names.filter((name) => places.every((place) => place[name] === first[name]));
  const wider = places.length > 1 ? [shared] : names.map((name) => names.filter((other) => other !== name));
  return (
    names.length > 0 &&
    wider.some((kept) => {
      const where = Object.fromEntries(kept.map((name) => [name, first[name] ?? '']));
      return n >= SAME * (samples.get(segmentKey(where)) ?? Number.POSITIVE_INFINITY);
    })
  );
}

/** Of the rows of one dimension, or pair of dimensions, the fewest that explain enough. */
function succinct(
  group: readonly RiseRow[],
  all: RiseRow,
  rise: number,
  samples: ReadonlyMap<string, number>,
): RiseCause | null {
  const candidates = group
    .map((row) => ({ row, surprise: surpriseOf(row, all) }))
    .filter(({ row }) => (row.count - row.expected) / rise >= LEAST_POWER)
    .sort((one, other) => other.surprise - one.surprise)
    .slice(0, MOST_PLACES);
  let best: RiseCause | null = null;
  const sum = { n: 0, count: 0, expected: 0, surprise: 0 };
  let [usually, told] = [0, 0];
  const places: Where[] = [];
  for (const { row, surprise } of candidates) {
    places.push(row.where);
    sum.n += row.n;
    sum.count += row.count;
    sum.expected += row.expected;
    sum.surprise += surprise;
    usually += row.usually ?? 0;
    told += row.likelier ?? 0;
    const power = (sum.count - sum.expected) / rise;
    const byCount = row.usually === undefined ? likelier(sum) : likelierOfAny(sum.count, usually);
    const likely = row.likelier === undefined ? byCount : told;
    const evidence = likely - A_VALUE * places.length * Object.keys(row.where).length;
    if ((best === null || evidence > best.evidence) && !isRedundant(places, sum.n, samples))
      best = { places: [...places], ...sum, power, evidence };
    if (power >= ENOUGH_POWER) break;
  }
  return best;
}

/** By how much likelier a count is at a rate of its own than at the one that was expected: binomial, nats. */
function likelier({ n, count, expected }: Omit<RiseRow, 'where'>): number {
  if (count <= expected) return 0;
  const term = (seen: number, usual: number): number =>
    seen > 0 ? seen * Math.log(seen / Math.max(usual, LEAST_EXPECTED)) : 0;
  return term(count, expected) + term(n - count, n - expected);
}

/** The same where any number of views could be counted: Poisson, nats. */
function likelierOfAny(count: number, usually: number): number {
  const usual = Math.max(usually, LEAST_EXPECTED);
  return count > usual ? count * Math.log(count / usual) - (count - usual) : 0;
}

function surpriseOf(row: RiseRow, all: RiseRow): number {
  const before = row.expected / all.expected;
  const now = row.count / all.count;
  const term = (share: number): number => (share > 0 ? share * Math.log((2 * share) / (before + now)) : 0);
  return (term(before) + term(now)) / 2;
}
