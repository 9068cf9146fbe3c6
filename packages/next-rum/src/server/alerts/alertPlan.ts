import type { AlertPlan } from '../../store/noticeStore.js';
import type { RumConfig } from '../config.js';
import type { AlertOptions } from './notifier.js';

/** Of which incidents of a configuration's app somebody is told; empty where nobody is. */
export function alertPlans({ app, alerts }: Pick<RumConfig, 'app' | 'alerts'>): {
  readonly [app: string]: AlertPlan;
} {
  if (alerts === null) return {};
  const { rules = [{ kind: 'anomaly' }] }: Pick<AlertOptions, 'rules'> = alerts;
  return {
    [app]: {
      notifiers: alerts.notifiers.map(({ name }) => name),
      rules: rules.flatMap((rule) => {
        if (rule.kind !== 'anomaly') return [];
        const { metrics = null, minAffected = 1 } = rule;
        return [{ metrics, minAffected }];
      }),
      watched: rules.flatMap((rule) => (rule.kind === 'anomaly' ? [] : [rule])),
    },
  };
}
