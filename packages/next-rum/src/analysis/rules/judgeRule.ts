import type { Where } from '../detectors/segment.js';
import type { WatchedMetric } from '../insights/watchedIncident.js';
import type { AlertWindow } from './alertSchedule.js';

/** What a rule can be about: the vitals that are watched, and errors. */
type RuleMetric = Exclude<WatchedMetric, 'traffic' | 'silence'>;

interface NamedRule {
  /** 1 to 40 letters, digits, `-` or `_`; of its own. Another name makes another rule. */
  readonly name: string;
  readonly metric: RuleMetric;
  /** One value of a route, country, browser, connection or device; default the whole site. */
  readonly where?: Where;
  /** Fewer views tell nothing: of an hour, or of a window. Default 100. */
  readonly minViews?: number;
  /** When somebody may be told; default always. */
  readonly schedule?: readonly AlertWindow[];
}

/** Holds while p75, or the share of views with an error, is above something, in m of n hours. */
export interface ThresholdRule extends NamedRule {
  readonly kind: 'threshold';
  /** Of p75: ms, CLS unitless. Of errors: a share of the views, 0–1. */
  readonly above: number;
  /** In how many of how many hours that have enough views; default `[2, 3]`. It ends once all of them are a tenth below. */
  readonly hours?: readonly [m: number, n: number];
}

/** Holds while what may go wrong in 30 days is used up too fast (https://sre.google/workbook/alerting-on-slos/). */
export interface BudgetRule extends NamedRule {
  readonly kind: 'budget';
  /** Of vitals: a view that takes longer is bad, ms, CLS unitless. Of errors left out: a view with an error is. */
  readonly good?: number;
  /** The share of views that should be good, 0–1, such as 0.99. */
  readonly objective: number;
}

export type WatchedRule = ThresholdRule | BudgetRule;

/** Of one hour, how many views there were, and how many of them were bad. */
export interface RuleHour {
  /** Its beginning, epoch ms. */
  readonly t: number;
  readonly n: number;
  readonly bad: number;
}

/**
 * Burn rates of the workbook's table 5-8 in hours, the shortest ones that are counted: what 2, 5 and 10 % of a budget of 30 days
 * are used up by in 1 h, 6 h and 3 days, each still going on in the shorter window.
 */
const BURNS = [
  { long: 1, short: 1, rate: 14.4 },
  { long: 6, short: 1, rate: 6 },
  { long: 72, short: 6, rate: 1 },
] as const;
const MIN_VIEWS = 100;
const HOURS = [2, 3] as const;
/** What is over must be so much below the limit, or what is near it would begin and end all the time. */
const HYSTERESIS = 0.9;
/** 1 - 0.99 is a little more than 0.01. */
const ROUNDING = 1e-9;
/** p75 is above something where more than a quarter of the views are. */
const P75_ABOVE = 0.25;

/** How many hours are looked at. */
export function hoursOfRule(rule: WatchedRule): number {
  return rule.kind === 'budget' ? 72 : 4 * (rule.hours ?? HOURS)[1];
}

/** What of views may be bad, 0–1. */
export function shareOfRule(rule: WatchedRule): number {
  if (rule.kind === 'budget') return 1 - rule.objective;
  return rule.metric === 'errors' ? rule.above : P75_ABOVE;
}

/** A view over it is bad; null where one with an error is. */
export function thresholdOfRule(rule: WatchedRule): number | null {
  if (rule.metric === 'errors') return null;
  return rule.kind === 'budget' ? (rule.good ?? null) : rule.above;
}

/**
 * Whether a rule that did not hold does after an hour.
 *
 * @param hours In order, the last one the one that was just over.
 * @returns Since when, epoch ms: the first hour that it was seen in; null where it does not hold.
 */
export function judgeRule(rule: WatchedRule, hours: readonly RuleHour[]): number | null {
  return rule.kind === 'budget' ? judgeBudget(rule, hours) : judgeThreshold(rule, hours);
}

/**
 * Whether a rule that held is over after an hour: what was seen says so. Where too few came to say anything it still holds.
 *
 * @param hours In order, the last one the one that was just over.
 */
export function isRuleOver(rule: WatchedRule, hours: readonly RuleHour[]): boolean {
  return rule.kind === 'budget' ? isBudgetSaved(rule, hours) : isCalm(rule, hours);
}

function judgeThreshold(rule: ThresholdRule, hours: readonly RuleHour[]): number | null {
  const { hours: [m] = HOURS } = rule;
  const limit = shareOfRule(rule);
  const above = judgedHours(rule, hours).filter((hour) => hour.bad > limit * hour.n);
  return above.length >= m ? (above[0]?.t ?? null) : null;
}

function isCalm(rule: ThresholdRule, hours: readonly RuleHour[]): boolean {
  const { hours: [, n] = HOURS } = rule;
  const judged = judgedHours(rule, hours);
  return judged.length === n && judged.every((hour) => hour.bad <= HYSTERESIS * shareOfRule(rule) * hour.n);
}

/** The latest that have enough views; what lies between is passed over. */
function judgedHours(rule: ThresholdRule, hours: readonly RuleHour[]): readonly RuleHour[] {
  const { minViews = MIN_VIEWS, hours: [, n] = HOURS } = rule;
  return hours.filter((hour) => hour.n >= minViews).slice(-n);
}

function judgeBudget(rule: BudgetRule, hours: readonly RuleHour[]): number | null {
  const { minViews = MIN_VIEWS } = rule;
  const burns = (length: number, rate: number): boolean => {
    const window = counted(hours.slice(-length));
    return window.n >= minViews && isBurning(window, rate * shareOfRule(rule));
  };
  for (const { long, short, rate } of BURNS)
    if (hours.length >= long && burns(long, rate) && burns(short, rate)) return hours.at(-short)?.t ?? null;
  return null;
}

/** Of no window that it is judged by it burns any more; one in which too few came reaches back until they are enough. */
function isBudgetSaved(rule: BudgetRule, hours: readonly RuleHour[]): boolean {
  const { minViews = MIN_VIEWS } = rule;
  if (counted(hours).n < minViews) return false;
  const burns = (length: number, rate: number): boolean => {
    let from = Math.max(0, hours.length - length);
    while (from > 0 && counted(hours.slice(from)).n < minViews) from -= 1;
    return isBurning(counted(hours.slice(from)), rate * HYSTERESIS * shareOfRule(rule));
  };
  return !BURNS.some(
    ({ long, short, rate }) => hours.length >= long && burns(long, rate) && burns(short, rate),
  );
}

function counted(hours: readonly RuleHour[]): Pick<RuleHour, 'n' | 'bad'> {
  return {
    n: hours.reduce((sum, hour) => sum + hour.n, 0),
    bad: hours.reduce((sum, hour) => sum + hour.bad, 0),
  };
}

function isBurning({ n, bad }: Pick<RuleHour, 'n' | 'bad'>, share: number): boolean {
  return bad >= Math.min(1, share) * n - ROUNDING * n;
}
