import type { WatchedIncident } from '../../../analysis/insights/watchedIncident.js';
import { type ErrorRule, isNews, minEventsOf } from '../../../analysis/rules/judgeErrors.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import {
  addErrorHour,
  addErrors,
  beginErrorIncident,
  type CountedError,
  isTogether,
} from '../../watch/growErrorIncident.js';
import type { Source } from '../rollup/rollupCells.js';
import { releaseBefore } from './describeIncident.js';
import { endedErrorIncidents } from './incidentRows.js';
import { countOf, readSeenErrors, type TalliedError } from './readSeenErrors.js';

/** What is known when errors are judged. */
export interface ErrorJudging {
  readonly source: Source;
  readonly app: string;
  /** Begin of the hour that was just over, epoch ms. */
  readonly t: number;
  /** Incidents of rules about errors that are not over. */
  readonly open: readonly WatchedIncident[];
  /** Those that are over since the last commit. */
  readonly uncommitted: readonly WatchedIncident[];
}

/**
 * Judges the day up to the end of an hour by rules about errors.
 *
 * @returns What became of each incident that is open, and new ones.
 */
export async function judgeErrorRules(
  { source, app, t, open, uncommitted }: ErrorJudging,
  rules: readonly ErrorRule[],
): Promise<readonly WatchedIncident[]> {
  if (rules.length === 0) return [];
  const until = t + GRAIN_MS.hour;
  const told: WatchedIncident[] = [];
  for (const each of open) {
    const names = each.errors.map(({ fingerprint }) => fingerprint);
    told.push(addErrorHour(each, t, await countOf(source, app, t, names)));
  }
  const minEvents = Math.min(...rules.map(minEventsOf));
  const seen = await readSeenErrors(source, app, until, minEvents);
  // What is new is told once, though its incident be over.
  const over = [...(await endedErrorIncidents(source.client, app, until - REMEMBERED)), ...uncommitted];
  for (const rule of rules) {
    const known = namesOf([...open, ...(rule.kind === 'newError' ? over : [])], rule);
    const news = seen
      .filter((each) => !known.has(each.fingerprint) && isNews(rule, each, until))
      .map(toCounted);
    if (news.length === 0) continue;
    const place = told.findIndex(
      (each) => each.rule?.name === rule.name && each.ended === null && isTogether(each, until),
    );
    const before = told[place];
    if (before !== undefined) told[place] = addErrors(before, news, until);
    else {
      const begun = beginErrorIncident(app, rule, { from: until - GRAIN_MS.day, until }, news);
      const { began } = begun;
      const release = await releaseBefore(source, { app, began, begunBy: began + GRAIN_MS.hour });
      told.push({ ...begun, release });
    }
  }
  return told;
}

/** Longer than anything is new, ms. */
const REMEMBERED = 30 * GRAIN_MS.day;

/** Fingerprints of the incidents of a rule. */
function namesOf(incidents: readonly WatchedIncident[], { name }: ErrorRule): ReadonlySet<string> {
  return new Set(
    incidents.flatMap(({ rule, errors }) =>
      rule?.name === name ? errors.map(({ fingerprint }) => fingerprint) : [],
    ),
  );
}

function toCounted({ lastSeen: _, firstEver: __, inLater: ___, ...error }: TalliedError): CountedError {
  return error;
}
