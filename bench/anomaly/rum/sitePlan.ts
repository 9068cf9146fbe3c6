import type { Where } from '../../../packages/next-rum/src/analysis/detectors/segment.js';
import { createRandom, type Random } from '../random.js';
import { type SiteShape, shapeOf } from './siteShape.js';

/** What goes wrong on a site, if anything. `campaign`, `release` and `nights` look like something and are nothing. */
export const SITE_KINDS = [
  'shift',
  'drift',
  'silence',
  'errors',
  'deploy',
  'clean',
  'campaign',
  'release',
  'nights',
] as const;
export type SiteKind = (typeof SITE_KINDS)[number];

/** Names of what is measured of a view. */
type Measured = 'lcp' | 'inp' | 'errors' | 'traffic';

export interface Fault {
  readonly metric: Measured;
  /** The views that it happens to; empty: all of them. */
  readonly where: Where;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** By what times are multiplied, or the share of views with an error. */
  readonly factor: number;
  /** From nothing to `factor` it takes so long, ms; 0: at once. */
  readonly rise: number;
  /** Epoch ms: when the times are a fifth longer, which for what rises at once is when it begins. */
  readonly matters: number;
  /** Of all views, the share that it happens to, 0–1. */
  readonly share: number;
}

export interface SitePlan {
  readonly kind: SiteKind;
  readonly seed: number;
  readonly viewsAnHour: number;
  readonly timeZone: string;
  readonly shape: SiteShape;
  /** Length of a bucket, ms. */
  readonly step: number;
  /** Epoch ms, whole hours. */
  readonly from: number;
  readonly to: number;
  readonly fault: Fault | null;
  /** When a release came that nothing changed with but its name, or the fault; null: never. */
  readonly releasedAt: number | null;
  /** How many come on a day of the weekend, of those on others. */
  readonly weekend: number;
  /** Of how busy it is by day what is left at night, 0–1, where everybody sleeps at the same time; null where somebody is up. */
  readonly night: number | null;
  /** A day on which a country sends three times as many. */
  readonly campaign: { readonly country: string; readonly from: number; readonly to: number } | null;
}

export interface PlanOptions {
  readonly kind: SiteKind;
  readonly viewsAnHour: number;
  readonly seed: number;
  readonly step: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONDAY = Date.parse('2026-01-05T00:00:00Z');

/** Where clocks change, and when they do. */
const ZONES = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Australia/Sydney', '2026-04-04T16:00:00Z'],
  ['Asia/Kolkata', null],
  ['UTC', null],
] as const;
const SLOW_SITE = 20;
/** By what times must be longer to matter. */
const MATTERS = 1.2;

/** What happens on a site: for the same options always the same. */
export function planSite({ kind, viewsAnHour, seed, step }: PlanOptions): SitePlan {
  const random = createRandom(seedOf({ kind, viewsAnHour, seed }));
  const [timeZone, change] = random.pick(ZONES);
  const calmWeeks = step < HOUR ? 3 : 4;
  const weeks = calmWeeks + (viewsAnHour <= SLOW_SITE ? 4 : step < HOUR ? 1 : 2);
  // Where clocks change they do so in the weeks that are judged.
  const changeWeek = MONDAY + Math.floor(((change ? Date.parse(change) : MONDAY) - MONDAY) / WEEK) * WEEK;
  const from = changeWeek - calmWeeks * WEEK;
  const to = from + weeks * WEEK;
  const shape = shapeOf(viewsAnHour);
  const faultFrom = Math.floor((from + calmWeeks * WEEK + random.even() * 3 * DAY) / HOUR) * HOUR;
  const fault = drawFault(kind, { viewsAnHour, shape, random, from: faultFrom, to });
  const campaign =
    kind === 'campaign'
      ? { country: random.pick(shape.countries).name, from: faultFrom, to: faultFrom + DAY }
      : null;
  const weekend = random.pick([1.2, 1, 0.5]);
  const night = kind === 'nights' ? random.pick([0, 0.02, 0.05]) : null;
  const releasedAt = kind === 'deploy' || kind === 'release' ? faultFrom : null;
  return {
    kind,
    seed,
    viewsAnHour,
    timeZone,
    shape,
    step,
    from,
    to,
    fault,
    releasedAt,
    weekend,
    night,
    campaign,
  };
}

/** A seed of its own for every kind of site. */
export function seedOf({ kind, viewsAnHour, seed }: Pick<SitePlan, 'kind' | 'viewsAnHour' | 'seed'>): number {
  return Math.imul(seed * 8 + SITE_KINDS.indexOf(kind) + 1, 0x9e3779b1) ^ Math.round(viewsAnHour);
}

interface Frame {
  readonly viewsAnHour: number;
  readonly shape: SiteShape;
  readonly random: Random;
  readonly from: number;
  readonly to: number;
}

function drawFault(kind: SiteKind, frame: Frame): Fault | null {
  const { shape, random, from, to } = frame;
  const sudden = (metric: Measured, where: Where, factor: number, until = to): Fault => ({
    metric,
    where,
    from,
    to: until,
    factor,
    rise: 0,
    matters: from,
    share: shareOf(shape, where),
  });
  const slower = (): number => 1.5 * (2.5 / 1.5) ** random.even();
  const vital = (): Measured => (random.even() < 0.7 ? 'lcp' : 'inp');
  switch (kind) {
    case 'shift':
      return sudden(vital(), common(frame, 'country', 'browser'), slower());
    case 'deploy': {
      const where = common(frame, 'route', 'browser');
      return random.even() < 0.3
        ? sudden('errors', where, 0.12 + 0.2 * random.even())
        : sudden(vital(), where, slower());
    }
    case 'errors':
      return sudden('errors', {}, 0.08 + 0.2 * random.even(), from + 24 * HOUR);
    case 'silence':
      return sudden('traffic', {}, 0, from + 30 * HOUR);
    case 'drift': {
      const where = common(frame, random.even() < 0.5 ? 'country' : 'route');
      const factor = 1.5 + 0.5 * random.even();
      const rise = (8 + 4 * random.even()) * DAY;
      const matters = from + (rise * Math.log(MATTERS)) / Math.log(factor);
      return { ...sudden(vital(), where, factor), rise, matters };
    }
    case 'clean':
    case 'campaign':
    case 'release':
    case 'nights':
      return null;
    default:
      return kind satisfies never;
  }
}

/**
 * Of the values, or pairs of values, one that at least 4 % of the views have, and on a small site as many as it takes to tell
 * anything within weeks: one in two hours; or else the one that most have.
 */
function common({ viewsAnHour, shape, random }: Frame, ...dimensions: readonly string[]): Where {
  let places: Where[] = [{}];
  for (const dimension of dimensions)
    places = places.flatMap((where) =>
      valuesOf(shape, dimension).map((value) => ({ ...where, [dimension]: value })),
    );
  const ordered = places
    .map((where) => ({ where, share: shareOf(shape, where) }))
    .sort((one, other) => other.share - one.share);
  const often = ordered.filter(
    ({ share }, place) => (share >= 0.04 && share * viewsAnHour >= 1.5) || place === 0,
  );
  return random.pick(often).where;
}

function valuesOf(shape: SiteShape, dimension: string): readonly string[] {
  if (dimension === 'route') return shape.routes.map(({ name }) => name);
  if (dimension === 'country') return shape.countries.map(({ name }) => name);
  return [...new Set(shape.clients.map(({ browser }) => browser))];
}

/** Of all views the share that is meant, on average. */
export function shareOf(
  { routes, countries, clients }: SiteShape,
  { route, country, browser }: Where,
): number {
  const sum = (shares: readonly { readonly share: number }[]): number =>
    shares.reduce((total, { share }) => total + share, 0);
  return (
    sum(routes.filter(({ name }) => (route ?? name) === name)) *
    sum(countries.filter(({ name }) => (country ?? name) === name)) *
    sum(clients.filter((client) => (browser ?? client.browser) === client.browser))
  );
}
