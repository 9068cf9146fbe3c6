import { comparisonWords } from '../../analysis/insights/comparisonWords.js';
import type { ComparedChange, ComparedFinding, ComparisonsResponse } from '../api.js';
import { readSnoozes } from '../snoozes.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { snoozedUntil } from './insights.js';
import { foundComparisons } from './keptFindings.js';
import { table } from './table.js';

/** What the latest releases and flags changed. */
export const comparisons: DataRoute = async (asked) => {
  const { parameters, store, config, now } = asked;
  const { range, views } = resolve(asked);
  const [{ found, madeAt }, snoozes] = await Promise.all([
    foundComparisons(store, views, now),
    readSnoozes(store, config.app, 'incidents'),
  ]);
  const changes = found.map(
    (change): ComparedChange => ({
      ...change,
      findings: change.findings.map((finding) => ({
        ...finding,
        snoozedUntil: snoozedUntil(snoozes.until[finding.id], now),
      })),
    }),
  );
  const body: ComparisonsResponse = { range, madeAt, changes };
  const rows = changes.flatMap((change) => change.findings.map((finding) => toRow(change, finding)));
  return table(parameters, 'comparisons', body, rows);
};

function toRow(change: ComparedChange, finding: ComparedFinding): object {
  const { metric, route, basis, without, with: after, odds, p, affected } = finding;
  const { kind, name, variant, against, since } = change;
  const { sentence, cause } = comparisonWords(change, finding, (time) => new Date(time).toISOString());
  const flat = { kind, name, variant, against, since, metric, route, basis, sentence, cause, affected, p };
  return { ...flat, without: { n: without.n, ...without.value }, with: { n: after.n, ...after.value }, odds };
}
