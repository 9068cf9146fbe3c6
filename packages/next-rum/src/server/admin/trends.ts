import { endsOf } from '../../analysis/comparison/tellingDays.js';
import { trendWords } from '../../analysis/insights/trendWords.js';
import type { WatchedIncident } from '../../analysis/insights/watchedIncident.js';
import { TREND_SPAN } from '../../store/findingStore.js';
import type { TrendFinding } from '../../store/trendStore.js';
import type { FoundTrend, TrendsResponse } from '../api.js';
import { readSnoozes } from '../snoozes.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { mayConcern, snoozedUntil } from './insights.js';
import { foundTrends } from './keptFindings.js';
import { table } from './table.js';

const DAY = 86_400_000;
/** Among which the one is looked for that a shift is told as already. */
const MAX_INCIDENTS = 1000;

/** What rose, fell or changed its level in the weeks before the end of a range. */
export const trends: DataRoute = async (asked) => {
  const { parameters, store, config, now } = asked;
  const { range, filters, views } = resolve(asked);
  const to = Math.floor(Math.min(range.to, now) / DAY) * DAY;
  const question = { app: config.app, from: range.from, to: range.to };
  const [{ found, madeAt }, incidents, snoozes] = await Promise.all([
    foundTrends(store, { app: views.app, from: to - TREND_SPAN, to }, now),
    views.app === config.app ? store.incidents(question, MAX_INCIDENTS) : [],
    readSnoozes(store, config.app, 'incidents'),
  ]);
  const findings = found.findings
    .filter(({ route }) => mayConcern({ where: route === null ? {} : { route }, causes: [] }, filters))
    .filter((finding) => !incidents.some((incident) => isOf(finding, incident)))
    .map(
      (finding): FoundTrend => ({ ...finding, snoozedUntil: snoozedUntil(snoozes.until[finding.id], now) }),
    );
  const body: TrendsResponse = { ...found, range, madeAt, findings };
  return table(parameters, 'trends', body, findings.map(toRow));
};

/** What traffic and silence are of. */
const METRICS: { readonly [metric: string]: string } = { traffic: 'views', silence: 'views' };

/** Whether a shift is an incident already: of the same metric, since about the same day, and not of another route. */
function isOf(finding: TrendFinding, { metric, began, where, causes }: WatchedIncident): boolean {
  if (finding.kind !== 'shift' || (METRICS[metric] ?? metric) !== finding.metric) return false;
  if (began < finding.from - DAY || began >= finding.to + 2 * DAY) return false;
  const routes = [where, ...(causes[0]?.places ?? [])].flatMap(({ route }) => route ?? []);
  return finding.route === null || routes.length === 0 || routes.includes(finding.route);
}

function toRow(finding: FoundTrend): object {
  const { id, kind, metric, route, n, affected, p, snoozedUntil: until } = finding;
  const [was, is] = endsOf(finding);
  const { sentence, basis } = trendWords(finding);
  const since = finding.kind === 'shift' ? finding.at : (finding.days[0]?.t ?? null);
  return { id, kind, metric, route, sentence, basis, since, was, is, n, affected, p, snoozedUntil: until };
}
