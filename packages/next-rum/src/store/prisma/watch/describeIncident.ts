import { explainSamples } from '../../../analysis/detectors/explainSamples.js';
import type { Where } from '../../../analysis/detectors/segment.js';
import type { Incident } from '../../../analysis/detectors/siteWatcher.js';
import { toCauses } from '../../../analysis/insights/toCauses.js';
import {
  type IncidentFigure,
  type IncidentHour,
  isOfViews,
  WATCHED_VITALS,
  type WatchedIncident,
} from '../../../analysis/insights/watchedIncident.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { Filter, FilterDimension, ReleaseStart } from '../../store.js';
import { StoreError } from '../../storeError.js';
import { beginIncident } from '../../watch/growIncident.js';
import { releaseStarts } from '../rollup/releaseStarts.js';
import type { Source } from '../rollup/rollupCells.js';
import { vitals } from '../rollup/vitalReads.js';
import { readHoursOf } from './readHours.js';
import { readSamples } from './readSamples.js';
import type { Known } from './watchState.js';

/** What is shown of before an incident, and what its vital is compared with, ms. */
const SHOWN_BEFORE = 2 * GRAIN_MS.day;
const COMPARED_WITH = 7 * GRAIN_MS.day;
/** A release that was first seen so long before it began may have to do with it, ms. */
const RELEASED_BEFORE = 6 * GRAIN_MS.hour;
const MOST_RELEASES = 10;

/** An incident that was just found, with the hours up to then. */
export async function openIncident(
  source: Source,
  app: string,
  { watcher }: Known,
  incident: Incident,
): Promise<WatchedIncident> {
  const release = await releaseBefore(source, {
    app,
    began: incident.since,
    begunBy: incident.begunBy,
  });
  // A bucket may be of many hours where there are few views: a release within it tells when it began.
  const placed = { ...incident, since: Math.max(incident.since, release?.at ?? 0) };
  const span = { from: placed.since - SHOWN_BEFORE, to: placed.openedAt };
  const buckets = await readHoursOf(source, app, span, placed.where);
  const hours = buckets.flatMap((bucket): IncidentHour[] => {
    const measured = watcher.measure(placed, bucket);
    return measured === null ? [] : [{ t: bucket.t, ...measured }];
  });
  const begun = beginIncident(app, placed, hours);
  return {
    ...begun,
    usual: await figureOf(source, begun, begun.began - COMPARED_WITH, begun.began),
    release,
  };
}

/** What only single views tell, and the percentile of its hours so far. */
export async function explainIncident(
  source: Source,
  incident: WatchedIncident,
  until: number,
): Promise<WatchedIncident> {
  const observed = await figureOf(source, incident, incident.began, until);
  if (isOfViews(incident)) return { ...incident, observed };
  const { now, before, calls } = await readSamples(source, incident, { from: incident.began, to: until });
  const { causes } = explainSamples(now, before);
  return { ...incident, observed, explainedFrom: now.length, causes: toCauses(causes, calls) };
}

export async function figureOf(
  source: Source,
  { app, metric, where }: WatchedIncident,
  from: number,
  to: number,
): Promise<IncidentFigure | null> {
  const name = WATCHED_VITALS.find((each) => each === metric);
  if (name === undefined) return null;
  try {
    const { p75, interval, n } = (await vitals(source, { app, from, to, where: filtersOf(where) }))[name];
    return { p75, interval, n };
  } catch (error) {
    // Rollups count it together with others, and single views are gone: then that is not known, and watching goes on.
    if (error instanceof StoreError && error.code === 'not_kept') return null;
    throw error;
  }
}

function filtersOf(where: Where): Filter[] {
  return Object.entries(where).map(([dimension, value]) => ({
    // Only such dimensions are watched.
    dimension: dimension as FilterDimension,
    keep: true,
    values: [value],
  }));
}

/** The beginning of an incident, as far as it is known. */
interface Beginning {
  readonly app: string;
  /** It began in this bucket: from here on and before there, epoch ms. */
  readonly began: number;
  readonly begunBy: number;
}

/** Of the releases that came shortly before it began, or in the same bucket, the one nearest to its beginning. */
export async function releaseBefore(
  source: Source,
  { app, began, begunBy }: Beginning,
): Promise<ReleaseStart | null> {
  const range = { app, from: began - RELEASED_BEFORE, to: begunBy };
  const starts = await releaseStarts(source, range, GRAIN_MS.hour, MOST_RELEASES);
  const [nearest] = [...starts].sort((one, other) => Math.abs(one.at - began) - Math.abs(other.at - began));
  return nearest ?? null;
}
