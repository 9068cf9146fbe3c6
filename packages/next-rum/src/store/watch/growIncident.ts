import type { Incident } from '../../analysis/detectors/createSiteWatcher.js';
import {
  type IncidentHour,
  MOST_INCIDENT_HOURS,
  type WatchedIncident,
  type WatchedMetric,
} from '../../analysis/insights/watchedIncident.js';
import { GRAIN_MS } from '../rollup/grains.js';

/** What a detector found, with the hours that it found it in and those before. */
export function beginIncident(
  app: string,
  { metric, since, openedAt, where, threshold }: Incident,
  hours: readonly IncidentHour[],
): WatchedIncident {
  const begun: WatchedIncident = {
    app,
    id: `${metric}-${openedAt}`,
    // The watcher was made of these.
    metric: metric as WatchedMetric,
    began: since,
    openedAt,
    ended: null,
    updatedAt: openedAt,
    affected: 0,
    where,
    threshold,
    n: 0,
    count: 0,
    expected: 0,
    usual: null,
    observed: null,
    causes: [],
    explainedFrom: null,
    release: null,
    hours: [],
  };
  return hours.reduce(addHour, begun);
}

/** Another hour; one before the incident began is shown and not counted. */
export function addHour(incident: WatchedIncident, hour: IncidentHour): WatchedIncident {
  const hours = [...incident.hours, hour].slice(-MOST_INCIDENT_HOURS);
  const updatedAt = hour.t + GRAIN_MS.hour;
  if (hour.t < incident.began) return { ...incident, hours };
  const count = incident.count + hour.count;
  const expected = incident.expected + hour.expected;
  const isLack = incident.metric === 'traffic' || incident.metric === 'silence';
  return {
    ...incident,
    hours,
    updatedAt,
    n: incident.n + hour.n,
    count,
    expected,
    affected: Math.max(0, Math.round(isLack ? expected - count : count - expected)),
  };
}

/** Causes are told again in the first hours, while more comes in, and once a day after. */
export function isTimeToExplain({ openedAt }: WatchedIncident, until: number): boolean {
  const hours = (until - openedAt) / GRAIN_MS.hour;
  return hours <= 3 || hours % 24 === 0;
}
