import type { WatchedIncident, WatchedMetric } from '../insights/watchedIncident.js';
import { type AlertWindow, nextWithin } from './alertSchedule.js';

/** When somebody may be told of what. */
export interface TellingRules {
  /** IANA name. */
  readonly timeZone: string;
  /** Of what is unusual. One of them must hold. */
  readonly rules: readonly {
    readonly name: string;
    /** Null: all. */
    readonly metrics: readonly WatchedMetric[] | null;
    readonly minAffected: number;
    /** Empty: always. */
    readonly schedule: readonly AlertWindow[];
  }[];
  /** What must not be, whether it is usual or not. */
  readonly watched: readonly { readonly name: string; readonly schedule?: readonly AlertWindow[] }[];
}

type Told = Pick<WatchedIncident, 'rule' | 'metric' | 'affected'>;

interface Telling {
  readonly name: string;
  readonly schedule: readonly AlertWindow[];
}

/** The rules by which somebody is told of an incident; none: nobody is. */
export function rulesOf({ rules, watched }: TellingRules, incident: Told): readonly Telling[] {
  const { rule, metric, affected } = incident;
  if (rule !== null) {
    const own = watched.find(({ name }) => name === rule.name);
    return [{ name: rule.name, schedule: own?.schedule ?? [] }];
  }
  return rules.filter(
    ({ metrics, minAffected }) => affected >= minAffected && (metrics === null || metrics.includes(metric)),
  );
}

/**
 * When somebody may be told of an incident: the first moment that one of its rules allows, epoch ms.
 *
 * @param mutedUntil Until when rules are muted, by name, epoch ms.
 */
export function toldAt(
  plan: TellingRules,
  incident: Told,
  now: number,
  mutedUntil: { readonly [rule: string]: number } = {},
): number {
  const moments = rulesOf(plan, incident).map(({ name, schedule }) =>
    nextWithin(schedule, plan.timeZone, Math.max(now, mutedUntil[name] ?? 0)),
  );
  return moments.length === 0 ? now : Math.min(...moments);
}
