import { SITE_KEY, type SiteBucket, segmentKey } from '../../../analysis/detectors/segment.js';
import type { WatchedIncident } from '../../../analysis/insights/watchedIncident.js';
import { countAbove, histogramBin, histogramCount } from '../../../analysis/logHistogram.js';
import { type ErrorRule, isErrorRule } from '../../../analysis/rules/judgeErrors.js';
import {
  hoursOfRule,
  isRuleOver,
  judgeRule,
  type RuleHour,
  thresholdOfRule,
  type WatchedRule,
} from '../../../analysis/rules/judgeRule.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import { addHour, beginRuleIncident, isTimeToExplain, measuredBy } from '../../watch/growIncident.js';
import type { Source } from '../rollup/rollupCells.js';
import { explainIncident } from './describeIncident.js';
import { judgeErrorRules } from './judgeErrorRules.js';
import { readHoursOf } from './readHours.js';

/**
 * Judges the hour that begins at `t` by what somebody said must not be.
 *
 * @param open Incidents of rules that are not over. Those whose rule is gone are over with it.
 * @param uncommitted Incidents that are not written yet, over or not.
 * @returns What became of each, and new ones.
 */
export async function judgeRules(
  source: Source,
  app: string,
  t: number,
  rules: readonly (WatchedRule | ErrorRule)[],
  open: readonly WatchedIncident[],
  uncommitted: readonly WatchedIncident[],
): Promise<readonly WatchedIncident[]> {
  const until = t + GRAIN_MS.hour;
  const isOf = ({ name, kind }: WatchedRule | ErrorRule, { rule }: WatchedIncident): boolean =>
    name === rule?.name && kind === rule.kind;
  const errorRules = rules.filter(isErrorRule);
  const ofErrors = open.filter((each) => errorRules.some((rule) => isOf(rule, each)));
  const told = [...(await judgeErrorRules({ source, app, t, open: ofErrors, uncommitted }, errorRules))];
  for (const rule of rules) {
    if (isErrorRule(rule)) continue;
    const span = { from: until - hoursOfRule(rule) * GRAIN_MS.hour, to: until };
    const buckets = await readHoursOf(source, app, span, rule.where ?? {});
    const hours = buckets.map((bucket) => ruleHour(rule, bucket));
    const before = open.find((each) => isOf(rule, each));
    const last = hours.at(-1);
    if (before === undefined) {
      const since = judgeRule(rule, hours);
      if (since === null) continue;
      const begun = beginRuleIncident(app, rule, { began: since, openedAt: until }, hours);
      told.push(await explainIncident(source, begun, until));
      continue;
    }
    const grown = last === undefined ? before : addHour(before, measuredBy(rule, last));
    if (isRuleOver(rule, hours)) told.push({ ...grown, ended: until, updatedAt: until });
    else told.push(isTimeToExplain(before, until) ? await explainIncident(source, grown, until) : grown);
  }
  const gone = open.filter((each) => !rules.some((rule) => isOf(rule, each)));
  return [...told, ...gone.map((each) => ({ ...each, ended: until, updatedAt: until }))];
}

function ruleHour(rule: WatchedRule, { t, segments }: SiteBucket): RuleHour {
  const key = rule.where === undefined ? SITE_KEY : segmentKey(rule.where);
  const segment = segments.find((each) => each.key === key);
  const threshold = thresholdOfRule(rule);
  if (segment === undefined) return { t, n: 0, bad: 0 };
  if (threshold === null) return { t, n: segment.views, bad: segment.errorViews };
  const histogram = segment.vitals[rule.metric];
  if (histogram === undefined) return { t, n: 0, bad: 0 };
  // What shares the threshold's bin, 2 % wide, is not over it.
  return { t, n: histogramCount(histogram), bad: countAbove(histogram, histogramBin(threshold)) };
}
