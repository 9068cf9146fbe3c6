import { adjustForFalseDiscovery } from '../statistics/falseDiscovery.js';
import type { FollowedMetric, FollowedPlace } from './daySeries.js';
import { type DayFinding, type DayTest, type SeriesTests, testDays } from './testDays.js';

/** A trend or a shift that is told. */
export type TellingDay = DayFinding & {
  /** Of all views: on which routes it is the same, most views first. */
  readonly alike: readonly string[];
};

interface FollowedDays {
  /** For the worse before for the better, those that affect most first. */
  readonly findings: readonly TellingDay[];
  /** How many trends and shifts were looked for. */
  readonly tests: number;
}

const FALSE_SHARE = 0.05;
/**
 * By what factor something must have changed to matter. p75: half of what is asked of a release, since what creeps adds up, and
 * five times what a p75 may be off by for being read from bins (`HISTOGRAM_ERROR`); errors: as of releases; views: half of the loss that is
 * an incident.
 */
const MATTERS = { vital: 1.05, errors: 1.5, views: 1.2 };
/**
 * And by how much. Times: events are rounded to 8 ms (https://www.w3.org/TR/event-timing/), so that a p75 may jump so far by
 * itself; CLS: the last digit that is shown. Errors: one of 1,000 views; views: one a day.
 */
const LEAST = { time: 8, cls: 0.01, errors: 0.001, views: 1 };
/** Where so much of the views shows the same it is not of single routes. */
const EVERYWHERE = 0.5;

/**
 * Trends and shifts of all views and of routes that say something: at most one in twenty of what is told is chance (Benjamini and Hochberg
 * over all series, trends and shifts together), and it is far enough from what it was to matter. What is a trend and a shift alike is
 * told as what fits the days better. What most routes show is told of the site alone, what few show of these alone.
 *
 * @param places All views first, then routes, most views first. @param until End of the last day, epoch ms.
 */
export function tellingDays(places: readonly FollowedPlace[], until: number): FollowedDays {
  const series = places.flatMap((place) => testDays(place, until));
  const adjusted = adjustForFalseDiscovery(
    series.flatMap(({ trend, shift }) => [trend.finding.p, shift.finding.p]),
  );
  const found = series.flatMap((tests, place) => {
    const told = tellingOf(tests, [adjusted[2 * place] ?? 1, adjusted[2 * place + 1] ?? 1]);
    return told === null ? [] : [told];
  });
  const viewsOf = new Map(
    places.map(({ route, days }) => [route, days.reduce((sum, { views }) => sum + views, 0)]),
  );
  return {
    findings: withoutEchoes(found, viewsOf).sort((one, other) => other.affected - one.affected),
    tests: adjusted.length,
  };
}

function tellingOf({ trend, shift }: SeriesTests, [ofTrend, ofShift]: readonly [number, number]) {
  const likely = (test: DayTest, p: number): readonly DayTest[] => (p <= FALSE_SHARE ? [test] : []);
  const [best] = [...likely(trend, ofTrend), ...likely(shift, ofShift)].sort(
    (one, other) => one.misfit - other.misfit,
  );
  return best?.isClear && doesMatter(best.finding) ? best.finding : null;
}

function doesMatter(finding: DayFinding): boolean {
  const { metric } = finding;
  const [was, is] = endsOf(finding);
  const factor = Math.max(was, is) / Math.min(was, is);
  const isVital = metric !== 'errors' && metric !== 'views';
  const least = metric === 'cls' ? LEAST.cls : isVital ? LEAST.time : LEAST[metric];
  return factor >= (isVital ? MATTERS.vital : MATTERS[metric]) && Math.abs(is - was) >= least;
}

/** What it was, and what it is. */
export function endsOf(finding: DayFinding): readonly [was: number, is: number] {
  return finding.kind === 'trend'
    ? [finding.first, finding.last]
    : [finding.before.value?.value ?? 0, finding.after.value?.value ?? 0];
}

/** Whether it is more than it was. */
export function hasRisen(finding: DayFinding): boolean {
  const [was, is] = endsOf(finding);
  return is > was;
}

function isAlike(one: DayFinding, other: DayFinding): boolean {
  if (one.metric !== other.metric || hasRisen(one) !== hasRisen(other)) return false;
  // A step of which the days are few may look like a slope on a route, and a slope like a step.
  if (one.kind === 'trend' || other.kind === 'trend') return true;
  return one.from <= other.to && other.from <= one.to;
}

/** Of a site and its routes, what is the same is told once. */
function withoutEchoes(
  findings: readonly DayFinding[],
  viewsOf: ReadonlyMap<string | null, number>,
): TellingDay[] {
  const all = viewsOf.get(null) ?? 0;
  const ofSite = new Map<FollowedMetric, { readonly finding: DayFinding; readonly routes: DayFinding[] }>();
  for (const finding of findings)
    if (finding.route === null)
      ofSite.set(finding.metric, {
        finding,
        routes: findings.filter((each) => each.route !== null && isAlike(each, finding)),
      });
  return findings.flatMap((finding): TellingDay[] => {
    const site = ofSite.get(finding.metric);
    if (site === undefined) return [{ ...finding, alike: [] }];
    const share = site.routes.reduce((sum, { route }) => sum + (viewsOf.get(route) ?? 0), 0) / all;
    const isEverywhere = site.routes.length === 0 || share >= EVERYWHERE;
    if (finding === site.finding)
      return isEverywhere ? [{ ...finding, alike: site.routes.flatMap(({ route }) => route ?? []) }] : [];
    return isEverywhere && site.routes.includes(finding) ? [] : [{ ...finding, alike: [] }];
  });
}
