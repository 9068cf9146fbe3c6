import type { AlertPlan } from '../../store/noticeStore.js';
import type { RumConfig } from '../config.js';
import type { AlertRule } from './notifier.js';

/** Where nothing else is said. */
export const DEFAULT_RULES: readonly AlertRule[] = [{ kind: 'anomaly' }];

/** Of which incidents of a configuration's app somebody is told, and when; empty where nobody is. */
export function alertPlans({ app, alerts, timeZone }: Pick<RumConfig, 'app' | 'alerts' | 'timeZone'>): {
  readonly [app: string]: AlertPlan;
} {
  if (alerts === null) return {};
  const rules = namedRules(alerts.rules ?? DEFAULT_RULES);
  return {
    [app]: {
      timeZone,
      notifiers: alerts.notifiers.map(({ name }) => name),
      rules: rules.flatMap(([name, rule]) => {
        if (rule.kind !== 'anomaly') return [];
        const { metrics = null, minAffected = 1, schedule = [] } = rule;
        return [{ name, metrics, minAffected, schedule }];
      }),
      watched: rules.flatMap(([, rule]) => (rule.kind === 'anomaly' ? [] : [rule])),
    },
  };
}

/** Each rule with its name: those about what is unusual need not say one. */
export function namedRules(rules: readonly AlertRule[]): readonly (readonly [string, AlertRule])[] {
  let anomalies = 0;
  return rules.map((rule) => {
    if (rule.kind !== 'anomaly') return [rule.name, rule];
    anomalies += 1;
    return [rule.name ?? (anomalies === 1 ? 'anomaly' : `anomaly-${anomalies}`), rule];
  });
}
