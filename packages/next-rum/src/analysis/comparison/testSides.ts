import type { WATCHED_VITALS } from '../insights/watchedIncident.js';
import {
  addValue,
  countAbove,
  emptyHistogram,
  histogramBin,
  histogramCount,
  type LogHistogram,
} from '../logHistogram.js';
import type { Estimate } from '../statistics/differenceInterval.js';
import { shareDifference } from '../statistics/differenceInterval.js';
import { adjustForFalseDiscovery } from '../statistics/falseDiscovery.js';
import { mantelHaenszel, type Stratum } from '../statistics/mantelHaenszel.js';
import { wilsonInterval } from '../statistics/wilsonInterval.js';
import { compareReleases } from './compareReleases.js';

/** What is compared of views with a change and without it. */
export const COMPARED_METRICS = ['lcp', 'inp', 'cls', 'ttfb', 'errors'] as const;
type ComparedMetric = (typeof COMPARED_METRICS)[number];

/** A view with a change (`new`), without it at the same time (`old`), or from before it came. */
export interface SidedView {
  readonly id: string;
  /** Epoch ms. */
  readonly t: number;
  readonly side: 'before' | 'old' | 'new';
  readonly route: string;
  /** In the vital's unit; null where the view has none. */
  readonly vitals: { readonly [metric in (typeof WATCHED_VITALS)[number]]: number | null };
  readonly hasError: boolean;
}

/** A 75th percentile in its vital's unit, or a share of views with an error, with its 95 % interval; null of too few views. */
export interface SideFigure {
  readonly n: number;
  readonly value: Estimate | null;
}

/** What makes views comparable. `hours`: of the same hour or, of what came to all at once, of the same hour of other days. */
export type SideBasis = 'same time' | 'same hour of other days';

/** One metric of all views, or of those of one route. */
export interface SideTest {
  readonly metric: ComparedMetric;
  /** Null: all. */
  readonly route: string | null;
  readonly basis: SideBasis;
  readonly without: SideFigure;
  readonly with: SideFigure;
  /** With less without, in the metric's unit. */
  readonly difference: Estimate | null;
  /** By what the odds of a slow view, or of one with an error, are multiplied. */
  readonly odds: Estimate;
  /** The probability of odds as far from 1 where there is no difference. */
  readonly p: number;
  /** Views that are slow, or have an error, beyond what is so without the change; less than 0 where there are fewer. */
  readonly affected: number;
}

const HOUR = 3_600_000;
const HOURS_OF_DAY = 24;
const MOST_ROUTES = 30;
/** Fewer samples on one side decide nothing. */
const FEWEST = 100;
/** And fewer views with an error, both sides together. */
const FEWEST_ERRORS = 6;
/** How far a p75, or the odds of an error, must be from what it was to matter. */
const MATTERS = { vital: 1.1, errors: 1.5 };
const FALSE_SHARE = 0.05;

/**
 * Compares each metric of all views, and of those of each frequent route, with a change against without it: in the same hours, so that
 * neither the time of day nor a campaign is taken for it; where too few were without it at the same time, against the same
 * hours of the days before, which is weaker.
 *
 * @param views In any order.
 * @param stratum Within how long two views are of the same time, ms.
 */
export function testSides(views: readonly SidedView[], stratum: number = HOUR): readonly SideTest[] {
  const binned = views.map(toBinned);
  const routes = new Map<string, BinnedView[]>();
  for (const view of binned) {
    const own = routes.get(view.route) ?? [];
    routes.set(view.route, own);
    own.push(view);
  }
  const frequent = [...routes]
    .filter(([route]) => route !== '')
    .map(([route, own]) => ({ route, own, n: own.filter(({ side }) => side === 'new').length }))
    .filter(({ n }) => n >= FEWEST)
    .sort((one, other) => other.n - one.n || (one.route < other.route ? -1 : 1))
    .slice(0, MOST_ROUTES);
  return [{ route: null, own: binned }, ...frequent].flatMap(({ route, own }) =>
    COMPARED_METRICS.flatMap((metric) => {
      const test = testOne(own, metric, stratum);
      return test === null ? [] : [{ metric, route, ...test }];
    }),
  );
}

type Vital = (typeof WATCHED_VITALS)[number];

/** A view with the bins that its vitals fall into: of each it is asked by all views and by those of its route. */
interface BinnedView extends Pick<SidedView, 't' | 'side' | 'route' | 'vitals' | 'hasError'> {
  readonly bins: { readonly [metric in Vital]: number };
}

function toBinned({ t, side, route, vitals, hasError }: SidedView): BinnedView {
  const bin = (value: number | null): number => (value === null ? -1 : histogramBin(value));
  const { lcp, inp, cls, ttfb } = vitals;
  const bins = { lcp: bin(lcp), inp: bin(inp), cls: bin(cls), ttfb: bin(ttfb) };
  return { t, side, route, vitals, hasError, bins };
}

type OneTest = Omit<SideTest, 'metric' | 'route'>;

function testOne(views: readonly BinnedView[], metric: ComparedMetric, stratum: number): OneTest | null {
  const test = metric === 'errors' ? testErrors : testVital(metric);
  const atOnce = views.filter(({ side }) => side !== 'before');
  const same = test(atOnce, ({ t }) => Math.floor(t / stratum));
  if (same !== null) return { ...same, basis: 'same time' };
  if (atOnce.length === views.length) return null;
  const other = test(views, ({ t }) => Math.floor(t / HOUR) % HOURS_OF_DAY);
  return other && { ...other, basis: 'same hour of other days' };
}

type Tested = Omit<OneTest, 'basis'>;
type Test = (views: readonly BinnedView[], keyOf: (view: BinnedView) => number) => Tested | null;

function testVital(metric: Vital): Test {
  return (views, keyOf) => {
    const measured = views.filter(({ vitals }) => vitals[metric] !== null);
    const after = measured.filter(({ side }) => side === 'new').length;
    // Where all have it at once, that is known before anything is counted.
    if (after < FEWEST || measured.length - after < FEWEST) return null;
    const buckets = new Map<number, { t: number; before: LogHistogram; after: LogHistogram }>();
    for (const view of measured) {
      const value = view.vitals[metric] ?? 0;
      const key = keyOf(view);
      const bucket = buckets.get(key) ?? { t: key, before: emptyHistogram(), after: emptyHistogram() };
      buckets.set(key, bucket);
      addValue(view.side === 'new' ? bucket.after : bucket.before, value, view.bins[metric]);
    }
    const { concurrent } = compareReleases([...buckets.values()]);
    const { before, after: since, difference, odds, verdict } = concurrent;
    if (verdict === 'too few views' || odds === null || before.p75 === null) return null;
    const limit = histogramBin(before.p75.value);
    const strata = [...buckets.values()].map((bucket) => ({
      oldHits: countAbove(bucket.before, limit),
      oldN: histogramCount(bucket.before),
      newHits: countAbove(bucket.after, limit),
      newN: histogramCount(bucket.after),
    }));
    return {
      without: { n: before.n, value: before.p75 },
      with: { n: since.n, value: since.p75 },
      difference,
      odds: { value: odds.ratio, low: odds.low, high: odds.high },
      p: odds.p,
      affected: beyond(strata),
    };
  };
}

const testErrors: Test = (views, keyOf) => {
  const strata = new Map<number, { -readonly [key in keyof Stratum]: number }>();
  for (const view of views) {
    const key = keyOf(view);
    const stratum = strata.get(key) ?? { oldHits: 0, oldN: 0, newHits: 0, newN: 0 };
    strata.set(key, stratum);
    stratum[view.side === 'new' ? 'newN' : 'oldN'] += 1;
    if (view.hasError) stratum[view.side === 'new' ? 'newHits' : 'oldHits'] += 1;
  }
  const both = [...strata.values()].filter(({ oldN, newN }) => oldN > 0 && newN > 0);
  const sum = (name: keyof Stratum): number => both.reduce((total, each) => total + each[name], 0);
  const [before, after] = [
    { hits: sum('oldHits'), n: sum('oldN') },
    { hits: sum('newHits'), n: sum('newN') },
  ];
  const odds = mantelHaenszel(both);
  if (odds === null || before.n < FEWEST || after.n < FEWEST || before.hits + after.hits < FEWEST_ERRORS)
    return null;
  return {
    without: shareOf(before),
    with: shareOf(after),
    difference: shareDifference(before, after),
    odds: { value: odds.ratio, low: odds.low, high: odds.high },
    p: odds.p,
    affected: beyond(both),
  };
};

function shareOf({ hits, n }: { readonly hits: number; readonly n: number }): SideFigure {
  const interval = wilsonInterval(hits, n);
  return { n, value: interval && { value: hits / n, low: interval[0], high: interval[1] } };
}

/** Hits with the change beyond those that as many views without it have in the same stratum. */
function beyond(strata: readonly Stratum[]): number {
  let sum = 0;
  for (const { oldHits, oldN, newHits, newN } of strata)
    if (oldN > 0 && newN > 0) sum += newHits - (newN * oldHits) / oldN;
  return Math.round(sum);
}

/**
 * Of the tests of several changes those that say something: so many are false as one in twenty of what is kept (Benjamini and
 * Hochberg over all that was tested), and far enough from what it was to matter. Those that affect most first, for the worse
 * before for the better.
 *
 * @param changes The tests of each change.
 * @returns In the same order.
 */
export function tellingTests(changes: readonly (readonly SideTest[])[]): readonly (readonly SideTest[])[] {
  const adjusted = adjustForFalseDiscovery(changes.flat().map(({ p }) => p));
  let place = 0;
  return changes.map((tests) =>
    tests
      .filter((test) => {
        const p = adjusted[place] ?? 1;
        place += 1;
        return p <= FALSE_SHARE && doesMatter(test);
      })
      .sort((one, other) => other.affected - one.affected || one.p - other.p),
  );
}

function doesMatter({ metric, without, with: after, odds }: SideTest): boolean {
  const before = without.value?.value ?? 0;
  const factor = metric === 'errors' ? odds.value : before > 0 ? (after.value?.value ?? 0) / before : 1;
  const least = metric === 'errors' ? MATTERS.errors : MATTERS.vital;
  // The p75 and the share of slow views may not tell opposite things.
  return (factor >= least && odds.value > 1) || (factor <= 1 / least && odds.value < 1);
}
