import type { AlertPlan } from '../../store/noticeStore.js';
import type { RumConfig } from '../config.js';

/** Of which incidents of a configuration's app somebody is told; empty where nobody is. */
export function alertPlans({ app, alerts }: Pick<RumConfig, 'app' | 'alerts'>): {
  readonly [app: string]: AlertPlan;
} {
  if (alerts === null || alerts.notifiers.length === 0) return {};
  const { rules = [{ kind: 'anomaly' }] } = alerts;
  return {
    [app]: {
      notifiers: alerts.notifiers.map(({ name }) => name),
      rules: rules.map(({ metrics = null, minAffected = 1 }) => ({ metrics, minAffected })),
    },
  };
}
