import { formatCount, formatVital } from '../../analysis/insights/figureText.js';
import { WATCHED_VITALS } from '../../analysis/insights/watchedIncident.js';
import type { AlertRule } from './notifier.js';

/** What a rule says, in words. */
export function ruleWords(rule: AlertRule): string {
  switch (rule.kind) {
    case 'anomaly': {
      const { metrics, minAffected = 1 } = rule;
      const what =
        metrics === undefined ? 'Whatever is unusual' : `${metrics.map(metricName).join(', ')} unusual`;
      return minAffected > 1 ? `${what}, from ${formatCount(minAffected)} views on` : what;
    }
    case 'threshold': {
      const { metric, above, hours: [m, n] = [2, 3] } = rule;
      const vital = WATCHED_VITALS.find((each) => each === metric);
      const over =
        vital === undefined
          ? `Views with an error above ${percent(above)}`
          : `p75 ${metricName(metric)} above ${formatVital(vital, above)}`;
      return `${over}${placeOf(rule)} in ${m} of ${n} hours`;
    }
    case 'budget': {
      const { metric, good, objective } = rule;
      const vital = WATCHED_VITALS.find((each) => each === metric);
      const what =
        vital === undefined || good === undefined
          ? 'without an error'
          : `with ${metricName(metric)} up to ${formatVital(vital, good)}`;
      return `${percent(objective)} of views ${what}${placeOf(rule)}; the rest is used up too fast`;
    }
    case 'newError':
      return `Errors that were never seen before${leastOf(rule)}`;
    case 'regressedError': {
      const { quietDays = 7, afterRelease = true } = rule;
      const release = afterRelease ? ', or in a release that came meanwhile' : '';
      return `Errors that are back after ${quietDays} ${quietDays === 1 ? 'day' : 'days'}${release}${leastOf(rule)}`;
    }
  }
}

function leastOf({
  minEvents = 5,
  minVisitors = 3,
}: {
  readonly minEvents?: number;
  readonly minVisitors?: number;
}): string {
  return `, from ${formatCount(minEvents)} times and ${formatCount(minVisitors)} visitors a day on`;
}

function placeOf({ where = {} }: { readonly where?: { readonly [dimension: string]: string } }): string {
  return Object.entries(where)
    .map(([dimension, value]) => ` (${dimension} ${value})`)
    .join('');
}

function metricName(metric: string): string {
  return WATCHED_VITALS.some((each) => each === metric) ? metric.toUpperCase() : metric;
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(3))} %`;
}
