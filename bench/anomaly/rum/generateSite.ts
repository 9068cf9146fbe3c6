import { createWallClock } from '../../../packages/next-rum/src/analysis/anomaly/wallClock.js';
import type { SegmentCounts, SiteBucket } from '../../../packages/next-rum/src/analysis/detectors/segment.js';
import { histogramBin, type LogHistogram } from '../../../packages/next-rum/src/analysis/logHistogram.js';
import { createRandom, type Random } from '../random.js';
import { campaignFactor, crowdAt } from './crowd.js';
import { createMood } from './moods.js';
import { BIN_WIDTH, layOut, RELEASES, type Segment } from './siteLayout.js';
import { type Fault, type SitePlan, seedOf } from './sitePlan.js';
import type { SiteRows } from './siteRows.js';
import type { Country } from './siteShape.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
interface VitalShape {
  /** Of the fastest cell's values, ms. */
  readonly median: number;
  /** Standard deviation of the logarithm. */
  readonly spread: number;
  /** Share of views that have it. */
  readonly had: number;
  /** Its histogram begins with the bin of this value, ms. */
  readonly least: number;
}
const VITALS: { readonly [name in 'lcp' | 'inp']: VitalShape } = {
  lcp: { median: 1300, spread: 0.55, had: 0.6, least: 60 },
  inp: { median: 70, spread: 0.75, had: 0.66, least: 3 },
};
const VITAL_KEYS = ['lcp', 'inp'] as const;
/** Bins of a made-up histogram: values up to a thousand times the least. */
const BINS = 360;
/** A share of views that something holds up, and how many times as long they take. */
const [STUCK, STUCK_FACTOR] = [0.03, 3];
const ERROR_SHARE = 0.01;
const VIEWS_A_VISIT = 3;
const TABLE_BITS = 16;

/**
 * Makes up what would have been counted on a site, bucket by bucket: traffic by the clock on the wall of each country, times by
 * route, country, client and connection, errors, and what the plan says goes wrong. The same plan makes the same counts.
 *
 * @param rows Is told of single views besides.
 */
export function* generateSite(plan: SitePlan, rows?: SiteRows): Generator<SiteBucket> {
  const random = createRandom(~seedOf(plan));
  const { countries } = plan.shape;
  const wallClock = createWallClock(plan.timeZone);
  const moods = {
    traffic: createMood(random, plan.from, plan.to, 0.08),
    times: createMood(random, plan.from, plan.to, 0.015),
    errors: createMood(random, plan.from, plan.to, 0.12),
    ofCountry: countries.map(() => createMood(random, plan.from, plan.to, 0.01)),
  };
  const days = Array.from({ length: 80 }, () => 0.04 * random.normal());
  const tables = VITAL_KEYS.map((name) => tableOf(VITALS[name].spread));
  const starts = VITAL_KEYS.map(
    (name) => histogramBin(VITALS[name].median) - histogramBin(VITALS[name].least),
  );
  const firsts = VITAL_KEYS.map((name) => histogramBin(VITALS[name].least));
  const { cells, segments } = layOut(plan);
  const spare = new Map<number, Counted>();

  for (let t = plan.from; t < plan.to; t += plan.step) {
    const middle = t + plan.step / 2;
    const wall = wallClock(middle);
    const wallDay = Math.floor(wall / DAY);
    const mood = Math.exp(moods.traffic.at(middle) + (days[(wallDay + 8000) % days.length] ?? 0));
    const crowds = countries.map(
      (country) => crowdAt(wall, country, plan) * campaignFactor(plan, country, middle),
    );
    const slow = countries.map(
      (_, place) => moods.times.at(middle) + (moods.ofCountry[place]?.at(middle) ?? 0),
    );
    const errorMood = Math.exp(moods.errors.at(middle));
    const severity = plan.fault ? severityAt(plan.fault, middle) : 0;
    const newShare = releaseShare(plan, middle);
    const touched = new Map<number, Counted>();
    const isTold = rows?.isWanted(t) ?? false;
    const usual = plan.viewsAnHour * (plan.step / HOUR) * mood * silenceFactor(plan.fault, severity);
    const views = plan.night === null ? usual : usual * visitsFactor(random, usual, countries, crowds);

    for (const cell of cells) {
      const n = random.poisson(views * cell.share * (crowds[cell.country] ?? 0));
      if (n === 0) continue;
      const young = newShare === 0 ? 0 : random.binomial(n, newShare);
      for (const [release, count] of [
        [0, n - young],
        [1, young],
      ] as const) {
        if (count === 0) continue;
        const into = (cell.segments[release] ?? []).map((segment) => countedOf(touched, spare, segment));
        const hits = cell.isHit && (plan.releasedAt === null || release === 1) ? severity : 0;
        const errorShare =
          plan.fault?.metric === 'errors' && hits > 0 ? plan.fault.factor : ERROR_SHARE * errorMood;
        const errors = random.binomial(count, errorShare);
        for (const each of into) {
          each.views += count;
          each.errorViews += errors;
        }
        let bins: readonly number[] = [];
        for (const [place, name] of VITAL_KEYS.entries()) {
          const fault = plan.fault?.metric === name && hits > 0 ? hits * Math.log(plan.fault.factor) : 0;
          const shift = (starts[place] ?? 0) + cell.bins + ((slow[cell.country] ?? 0) + fault) / BIN_WIDTH;
          const counted = into.map((each) => (place === 0 ? each.lcp : each.inp));
          const drawn: number[] | null = isTold && plan.fault?.metric === name ? [] : null;
          const had = random.binomial(count, VITALS[name].had);
          fill(counted, random, tables[place] as Int16Array, shift, had, drawn);
          if (drawn !== null) bins = drawn.map((bin) => (firsts[place] ?? 0) + bin);
        }
        if (isTold)
          rows?.add({ t, where: { ...cell.where, release: RELEASES[release] }, count, errors, bins });
      }
    }
    yield {
      t,
      segments: [...touched].map(([index, { views: seen, errorViews, lcp, inp }]): SegmentCounts => {
        const segment = segments[index] as Segment;
        const histogram = ({ counts, low, high }: Row, place: number): LogHistogram => ({
          zeros: 0,
          first: (firsts[place] ?? 0) + low,
          counts: takeOut(counts, low, high),
          values: null,
        });
        return {
          ...segment,
          views: seen,
          errorViews,
          vitals: { lcp: histogram(lcp, 0), inp: histogram(inp, 1) },
        };
      }),
    };
  }
}

/** Bins, and which of them are not empty. */
interface Row {
  readonly counts: Float64Array;
  low: number;
  high: number;
}

interface Counted {
  views: number;
  errorViews: number;
  readonly lcp: Row;
  readonly inp: Row;
}

/** @param spare Of earlier buckets, by segment: their rows are empty again. */
function countedOf(touched: Map<number, Counted>, spare: Map<number, Counted>, segment: number): Counted {
  let counted = touched.get(segment);
  if (counted === undefined) {
    counted = spare.get(segment) ?? { views: 0, errorViews: 0, lcp: emptyRow(), inp: emptyRow() };
    Object.assign(counted, { views: 0, errorViews: 0 });
    spare.set(segment, counted);
    touched.set(segment, counted);
    for (const row of [counted.lcp, counted.inp]) Object.assign(row, { low: BINS, high: -1 });
  }
  return counted;
}

/** Leaves the row empty. */
function takeOut(counts: Float64Array, low: number, high: number): Float64Array {
  const taken = counts.slice(low, high + 1);
  counts.fill(0, low, high + 1);
  return taken;
}

function emptyRow(): Row {
  return { counts: new Float64Array(BINS), low: BINS, high: -1 };
}

/** Draws values; a random number of 32 bits is good for two. */
function fill(
  rows: readonly Row[],
  random: Random,
  table: Int16Array,
  shift: number,
  count: number,
  told: number[] | null,
): void {
  // A part of a bin is that share of the values one bin higher, as near as it matters.
  const base = Math.floor(shift + random.even());
  let bits = 0;
  let low = BINS;
  let high = -1;
  for (let drawn = 0; drawn < count; drawn += 1) {
    bits = drawn % 2 === 0 ? random.bits() : bits >>> TABLE_BITS;
    const bin = Math.max(0, Math.min(BINS - 1, base + (table[bits & 0xffff] as number)));
    told?.push(bin);
    if (bin < low) low = bin;
    if (bin > high) high = bin;
    for (let row = 0; row < rows.length; row += 1) {
      const { counts } = rows[row] as Row;
      counts[bin] = (counts[bin] as number) + 1;
    }
  }
  for (const row of rows) {
    row.low = Math.min(row.low, low);
    row.high = Math.max(row.high, high);
  }
}

/** Bins off the median of equally likely values: log-normal, a few of them held up. */
function tableOf(spread: number): Int16Array {
  const random = createRandom(17);
  return Int16Array.from({ length: 2 ** TABLE_BITS }, () => {
    const held = random.even() < STUCK ? Math.log(STUCK_FACTOR) : 0;
    return Math.round((spread * random.normal() + held) / BIN_WIDTH);
  });
}

/** One visit is three views on average: by what that makes an hour's views differ from what is usual. */
function visitsFactor(
  random: Random,
  usual: number,
  countries: readonly Country[],
  crowds: readonly number[],
): number {
  const views = countries.reduce((sum, { share }, place) => sum + usual * share * (crowds[place] ?? 0), 0);
  if (views === 0) return 0;
  const visits = random.poisson(views / VIEWS_A_VISIT);
  return (visits + random.poisson((VIEWS_A_VISIT - 1) * visits)) / views;
}

/** 0: nothing; 1: all of it. */
function severityAt({ from, to, rise }: Fault, t: number): number {
  if (t < from || t >= to) return 0;
  return rise === 0 ? 1 : Math.min(1, (t - from) / rise);
}

function silenceFactor(fault: Fault | null, severity: number): number {
  return fault?.metric === 'traffic' && severity > 0 ? fault.factor : 1;
}

/** Of the new release: most within minutes, some pages stay open for a day. */
function releaseShare({ releasedAt }: SitePlan, t: number): number {
  if (releasedAt === null || t < releasedAt) return 0;
  return Math.min(1, 0.9 + (0.1 * (t - releasedAt)) / DAY);
}
