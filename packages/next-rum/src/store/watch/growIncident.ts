import type { Incident } from '../../analysis/detectors/siteWatcher.js';
import {
  type IncidentHour,
  isOfViews,
  MOST_INCIDENT_HOURS,
  type WatchedIncident,
  type WatchedMetric,
} from '../../analysis/insights/watchedIncident.js';
import {
  type RuleHour,
  shareOfRule,
  thresholdOfRule,
  type WatchedRule,
} from '../../analysis/rules/judgeRule.js';
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
    rule: null,
    partOf: null,
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
    errors: [],
    explainedFrom: null,
    release: null,
    hours: [],
  };
  return hours.reduce(addHour, begun);
}

/** What a rule found, with the hours that it was judged by. */
export function beginRuleIncident(
  app: string,
  rule: WatchedRule,
  { began, openedAt }: Pick<WatchedIncident, 'began' | 'openedAt'>,
  hours: readonly RuleHour[],
): WatchedIncident {
  const { name, kind, metric, where = {} } = rule;
  const begun = beginIncident(
    app,
    {
      metric,
      since: began,
      openedAt,
      begunBy: openedAt,
      where,
      threshold: thresholdOfRule(rule),
      n: 0,
      count: 0,
      expected: 0,
      p: 0,
    },
    [],
  );
  const named = { ...begun, id: `${name}-${openedAt}`, rule: { name, kind, share: shareOfRule(rule) } };
  return hours.map((hour) => measuredBy(rule, hour)).reduce(addHour, named);
}

/** An hour, by what may be bad in it. */
export function measuredBy(rule: WatchedRule, { t, n, bad }: RuleHour): IncidentHour {
  const expected = n * shareOfRule(rule);
  return { t, n, count: bad, expected, low: 0, high: expected };
}

/** Another hour; one before the incident began is shown and not counted. */
export function addHour(incident: WatchedIncident, hour: IncidentHour): WatchedIncident {
  const hours = [...incident.hours, hour].slice(-MOST_INCIDENT_HOURS);
  const updatedAt = hour.t + GRAIN_MS.hour;
  if (hour.t < incident.began) return { ...incident, hours };
  const count = incident.count + hour.count;
  const expected = incident.expected + hour.expected;
  return {
    ...incident,
    hours,
    updatedAt,
    n: incident.n + hour.n,
    count,
    expected,
    affected: Math.max(0, Math.round(isOfViews(incident) ? expected - count : count - expected)),
  };
}

/** Causes are told again in the first hours, while more comes in, and once a day after. */
export function isTimeToExplain({ openedAt }: WatchedIncident, until: number): boolean {
  const hours = (until - openedAt) / GRAIN_MS.hour;
  return hours <= 3 || hours % 24 === 0;
}
