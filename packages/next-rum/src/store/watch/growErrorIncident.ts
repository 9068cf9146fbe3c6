import {
  type IncidentError,
  type IncidentHour,
  MOST_INCIDENT_HOURS,
  type WatchedIncident,
} from '../../analysis/insights/watchedIncident.js';
import type { ErrorRule } from '../../analysis/rules/judgeErrors.js';
import { GRAIN_MS } from '../rollup/grains.js';
import { beginIncident } from './growIncident.js';

/** An error that is news, and how often it happened by hour (epoch ms). */
export interface CountedError extends IncidentError {
  readonly hours: ReadonlyMap<number, number>;
}

/** What comes up within so long belongs together, such as all that one release brought, ms. */
const TOGETHER = 3 * GRAIN_MS.hour;
/** It is over when none of its errors has happened for so long; or, since it is known by then, after the longer time; ms. */
const CALM = GRAIN_MS.day;
const KNOWN = 14 * GRAIN_MS.day;

/** Whether errors that are noticed by `until` belong to an incident that is open. */
export function isTogether({ openedAt }: WatchedIncident, until: number): boolean {
  return until - openedAt <= TOGETHER;
}

/** What a rule found, all in one. Its hours are those of the day that was looked at. */
export function beginErrorIncident(
  app: string,
  { name, kind }: ErrorRule,
  { from, until }: { readonly from: number; readonly until: number },
  errors: readonly CountedError[],
): WatchedIncident {
  const began = Math.min(...errors.map(({ firstSeen }) => firstSeen));
  const begun = beginIncident(
    app,
    {
      metric: 'errors',
      since: began - (began % GRAIN_MS.hour),
      openedAt: until,
      begunBy: until,
      where: {},
      threshold: null,
      n: 0,
      count: 0,
      expected: 0,
      p: 0,
    },
    [],
  );
  const named = { ...begun, id: `${name}-${until}`, rule: { name, kind, share: 0 } };
  const hours = Array.from({ length: (until - from) / GRAIN_MS.hour }, (_, place) =>
    hourOf(from + place * GRAIN_MS.hour, 0),
  );
  return addErrors({ ...named, hours }, errors, until);
}

/** Errors that belong to an incident besides those that it has. */
export function addErrors(
  incident: WatchedIncident,
  errors: readonly CountedError[],
  until: number,
): WatchedIncident {
  const counts = new Map(incident.hours.map(({ t, count }) => [t, count]));
  for (const { hours } of errors) for (const [t, n] of hours) counts.set(t, (counts.get(t) ?? 0) + n);
  const began = Math.min(
    incident.began,
    ...errors.map(({ firstSeen }) => firstSeen - (firstSeen % GRAIN_MS.hour)),
  );
  const all = [...incident.errors, ...errors.map(({ hours: _, ...error }): IncidentError => error)];
  return summed({
    ...incident,
    began,
    updatedAt: until,
    errors: all.sort((a, b) => b.events - a.events),
    hours: [...counts].sort(([a], [b]) => a - b).map(([t, count]) => hourOf(t, count)),
  });
}

/** Another hour of it. @param count How often its errors happened in it. */
export function addErrorHour(incident: WatchedIncident, t: number, count: number): WatchedIncident {
  const hours = [...incident.hours.filter((hour) => hour.t !== t), hourOf(t, count)];
  const until = t + GRAIN_MS.hour;
  const grown = summed({ ...incident, updatedAt: until, hours });
  const last = grown.hours.findLast((hour) => hour.count > 0)?.t ?? incident.began;
  const isOver = until - last > CALM || until - incident.openedAt >= KNOWN;
  return isOver ? { ...grown, ended: until } : grown;
}

function hourOf(t: number, count: number): IncidentHour {
  return { t, n: count, count, expected: 0, low: 0, high: 0 };
}

function summed(incident: WatchedIncident): WatchedIncident {
  const hours = incident.hours.slice(-MOST_INCIDENT_HOURS);
  const count = hours.reduce((sum, hour) => sum + (hour.t < incident.began ? 0 : hour.count), 0);
  return { ...incident, hours, n: count, count, affected: count };
}
