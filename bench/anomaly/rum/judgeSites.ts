import { judgeSite, type SiteJudgement, type SiteJudgements } from './judgeSite.js';
import { planSite, SITE_KINDS, type SiteKind } from './sitePlan.js';

export interface RumFigures {
  /** Of the faults, the share that was noticed within three buckets. */
  readonly detection: number;
  /**
   * Of the faults that were noticed, the share whose right cause was named first, and among the first three, when the third bucket
   * was over.
   */
  readonly causeFirst: number;
  readonly causeTop3: number;
  /** The same of all faults: what was not noticed has no cause. */
  readonly causeFirstOfAll: number;
  readonly causeTop3OfAll: number;
  /** Of the faults that were noticed, the share whose right cause was named first at once. */
  readonly causeFirstAtOnce: number;
  /** On sites without a fault, from their second week on. */
  readonly falseAlarmsPerSiteWeek: number;
  /** On all sites, where they have no fault and of what it is not. */
  readonly otherAlarmsPerSiteWeek: number;
  /** Alarms for a fault that was noticed: 1 is right. */
  readonly alarmsPerFault: number;
  readonly faults: number;
  readonly sites: number;
}

/** Views an hour. */
const RATES = [5, 50, 500, 5000, 50_000] as const;

const HOUR = 3_600_000;
const FIVE_MINUTES = 300_000;
/** What is to be noticed within minutes, and a site that is busy enough for it. */
const BY_MINUTES = { kinds: ['shift', 'silence', 'errors', 'deploy', 'clean'], viewsAnHour: 5000 } as const;

/** Sites of every kind and size, of so many seeds from the first on; some of them also in buckets of five minutes. */
export function* judgeSites(seed: number, seeds: number): Generator<SiteJudgements> {
  for (const kind of SITE_KINDS) {
    for (const viewsAnHour of RATES)
      for (let own = seed; own < seed + seeds; own += 1)
        yield judgeSite(planSite({ kind, viewsAnHour, seed: own, step: HOUR }));
  }
  for (const kind of BY_MINUTES.kinds)
    yield judgeSite(planSite({ ...BY_MINUTES, kind, seed, step: FIVE_MINUTES }));
}

export function figuresOf(sites: readonly SiteJudgement[]): RumFigures {
  const faulty = sites.filter(({ plan }) => plan.fault !== null);
  const found = faulty.filter(({ first }) => first !== null);
  const share = (isRight: (site: SiteJudgement) => boolean, of = found): number =>
    of.filter(isRight).length / of.length;
  const isFirst = ({ later }: SiteJudgement): boolean => later === 1;
  const isInTop3 = ({ later }: SiteJudgement): boolean => later !== null && later <= 3;
  return {
    detection: share(({ bucket }) => bucket !== null, faulty),
    causeFirst: share(isFirst),
    causeTop3: share(isInTop3),
    causeFirstOfAll: share(isFirst, faulty),
    causeTop3OfAll: share(isInTop3, faulty),
    causeFirstAtOnce: share(({ atOnce }) => atOnce === 1),
    falseAlarmsPerSiteWeek: alarmsPerWeek(sites.filter(({ plan }) => plan.fault === null)),
    otherAlarmsPerSiteWeek: alarmsPerWeek(sites),
    alarmsPerFault: found.reduce((sum, { incidents }) => sum + incidents, 0) / found.length,
    faults: faulty.length,
    sites: sites.length,
  };
}

/** In words: a fault that was missed or blamed on something else, and alarms for none. */
export function mistakesOf({ plan, first, bucket, later, explained, falseAlarms }: SiteJudgement): string[] {
  const { kind, viewsAnHour, seed, step, fault, timeZone } = plan;
  const site = `${kind}, ${viewsAnHour} views/h, seed ${seed}${step < HOUR ? ', five minutes' : ''}`;
  const mistakes = falseAlarms.map(
    ({ metric, where, openedAt, n, count, expected }) =>
      `${site}: false alarm at ${new Date(openedAt).toISOString()} (${timeZone}), ${metric} of ${JSON.stringify(where)}: ${count}${n > 0 ? ` of ${n}` : ''} instead of ${expected.toFixed(1)}`,
  );
  if (fault === null || (bucket !== null && later === 1)) return mistakes;
  const noticed = bucket === null ? (first ? 'noticed late' : 'not noticed') : `noticed in bucket ${bucket}`;
  const blamed = JSON.stringify(explained?.causes[0]?.places ?? null);
  const place = later === null ? 'not among the causes' : `in place ${later}`;
  return [
    ...mistakes,
    `${site}: ${fault.metric} of ${JSON.stringify(fault.where)}, ${noticed}, right cause ${place}, first ${blamed}`,
  ];
}

/** The same by kind of site, by how many views it has, and of buckets of five minutes. */
export function tableOf(sites: readonly SiteJudgement[]): Record<string, Record<string, string>> {
  const groups: [string, SiteJudgement[]][] = [
    ...SITE_KINDS.map((kind): [SiteKind, SiteJudgement[]] => [
      kind,
      sites.filter(({ plan }) => plan.kind === kind),
    ]),
    ...RATES.map((rate): [string, SiteJudgement[]] => [
      `${rate} views/h`,
      sites.filter(({ plan }) => plan.viewsAnHour === rate && plan.step === HOUR),
    ]),
    ['five minutes', sites.filter(({ plan }) => plan.step === FIVE_MINUTES)],
  ];
  return Object.fromEntries(groups.map(([name, members]) => [name, rowOf(figuresOf(members), members)]));
}

function rowOf(figures: RumFigures, members: readonly SiteJudgement[]): Record<string, string> {
  const percent = (value: number): string => (Number.isNaN(value) ? '' : `${(100 * value).toFixed(0)} %`);
  return {
    sites: String(members.length),
    faults: String(figures.faults),
    detection: percent(figures.detection),
    causeFirst: percent(figures.causeFirst),
    causeTop3: percent(figures.causeTop3),
    'other alarms a week': alarmsPerWeek(members).toFixed(2),
  };
}

function alarmsPerWeek(sites: readonly SiteJudgement[]): number {
  const alarms = sites.reduce((sum, { falseAlarms }) => sum + falseAlarms.length, 0);
  return alarms / sites.reduce((sum, { weeks }) => sum + weeks, 0);
}
