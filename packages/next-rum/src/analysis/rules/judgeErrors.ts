import type { AlertWindow } from './alertSchedule.js';

interface NamedErrorRule {
  /** 1 to 40 letters, digits, `-` or `_`; of its own. */
  readonly name: string;
  /** How often it must have happened within a day; default 5. */
  readonly minEvents?: number;
  /** To how many different visitors, so that one odd browser is no news; default 3. */
  readonly minVisitors?: number;
  /** When somebody may be told; default always. */
  readonly schedule?: readonly AlertWindow[];
}

/** Holds where an error happens that never did until some days ago, as far back as days are counted: it may begin with a stray one. */
export interface NewErrorRule extends NamedErrorRule {
  readonly kind: 'newError';
}

/** Holds where an error is back that had been gone. */
export interface RegressedErrorRule extends NamedErrorRule {
  readonly kind: 'regressedError';
  /** For so many days; default 7. */
  readonly quietDays?: number;
  /**
   * Or since a release that came after it was last seen, for a day at least, and in such a release it is back; default true.
   */
  readonly afterRelease?: boolean;
}

export type ErrorRule = NewErrorRule | RegressedErrorRule;

/** What is known of the errors of one fingerprint that happened within a day. */
export interface SeenError {
  readonly fingerprint: string;
  readonly events: number;
  /** Different ones, among its latest thousand. */
  readonly visitors: number;
  /** Within the day, epoch ms. */
  readonly firstSeen: number;
  /** For the first time at all, epoch ms. */
  readonly firstEver: number;
  /** Before the day, epoch ms; null where it was never seen. */
  readonly lastBefore: number | null;
  /** The same, of those in releases that came after it was last seen; null where none came. */
  readonly inLater: { readonly events: number; readonly visitors: number } | null;
}

const MIN_EVENTS = 5;
const MIN_VISITORS = 3;
const QUIET_DAYS = 7;
const DAY = 86_400_000;
const YOUNG = 7 * DAY;
/** What happens once a day is not gone for being quiet in between. */
const QUIET_BEFORE_RELEASE = DAY;

export function isErrorRule<Rule extends { readonly kind: string }>(
  rule: Rule | ErrorRule,
): rule is ErrorRule {
  return rule.kind === 'newError' || rule.kind === 'regressedError';
}

/** How often an error must have happened within a day, as of a rule. */
export function minEventsOf({ minEvents = MIN_EVENTS }: ErrorRule): number {
  return minEvents;
}

/** Whether an error is so young that it is new, epoch ms. */
export function isYoung({ firstEver }: Pick<SeenError, 'firstEver'>, until: number): boolean {
  return firstEver >= until - YOUNG;
}

/**
 * Whether a rule is about an error.
 *
 * @param until End of the day, epoch ms.
 */
export function isNews(rule: ErrorRule, seen: SeenError, until: number): boolean {
  const { minVisitors = MIN_VISITORS } = rule;
  const isEnough = ({ events, visitors }: Pick<SeenError, 'events' | 'visitors'>): boolean =>
    events >= minEventsOf(rule) && visitors >= minVisitors;
  const { firstSeen, lastBefore, inLater } = seen;
  if (rule.kind === 'newError') return isYoung(seen, until) && isEnough(seen);
  if (lastBefore === null) return false;
  const { quietDays = QUIET_DAYS, afterRelease = true } = rule;
  const quiet = firstSeen - lastBefore;
  if (quiet >= quietDays * DAY) return isEnough(seen);
  return afterRelease && quiet >= QUIET_BEFORE_RELEASE && inLater !== null && isEnough(inLater);
}
