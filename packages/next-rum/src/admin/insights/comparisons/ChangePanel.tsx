import { type ReactElement, useId } from 'react';
import { changeName, figureText, sideIntervalText } from '../../../analysis/insights/comparisonWords.js';
import type { ComparedChange, ComparedFinding } from '../../../server/api.js';
import { useAddress } from '../../address/Address.js';
import { formatCount, formatVital, NO_VALUE } from '../../format.js';
import { ScrollRegion } from '../../Panel.js';
import { TableFiles } from '../../TableFiles.js';
import { VITALS } from '../../vitals.js';
import { sideNames } from './findingLinks.js';
import '../../table.css';

/** A release or a flag: what it changed, or that it changed nothing one could tell. */
export function ChangePanel({
  change,
  madeAt,
}: {
  readonly change: ComparedChange;
  /** When it was compared, epoch ms. */
  readonly madeAt: number;
}): ReactElement {
  const { time } = useAddress();
  const titleId = useId();
  const { kind, views, since, until, complete, findings, tests } = change;
  const title = changeName(change);
  return (
    <section className="rum-panel rum-compared" aria-labelledby={titleId}>
      <header className="rum-panel-head">
        <h2 id={titleId}>
          {kind === 'release' ? 'Since ' : 'Flag '}
          <bdi>{title}</bdi>
        </h2>
        <p className="rum-muted">
          {kind === 'release'
            ? `first seen ${time.span(since, since + 3_600_000)}`
            : `since ${time.moment(since)}`}
        </p>
      </header>
      <p className="rum-compared-none">{outcomeText(findings.length, tests)}</p>
      <SiteTable change={change} />
      <p className="rum-muted rum-compared-told">
        Told on {time.moment(madeAt)} from {formatCount(views.new)} views with it, {formatCount(views.old)}{' '}
        without it at the same time
        {kind === 'release' ? ` and ${formatCount(views.before)} of the days before` : ''}
        {complete ? '' : `, up to ${time.moment(until)}`}. Of the differences named at most one in twenty is
        chance. Who has it first may be other people.
      </p>
    </section>
  );
}

function outcomeText(findings: number, tests: number): string {
  if (findings > 0)
    return `${formatCount(findings)} of ${formatCount(tests)} differences that were looked for ${findings === 1 ? 'is' : 'are'} told above, by how much ${findings === 1 ? 'it matters' : 'they matter'}.`;
  return tests === 0
    ? 'Too few views to tell: it takes 100 on each side.'
    : `No significant change of anything: ${formatCount(tests)} differences were looked for, of all views and of each frequent route.`;
}

/** All views, metric by metric, also what did not change. */
function SiteTable({ change }: { readonly change: ComparedChange }): ReactElement | null {
  const { site, findings } = change;
  if (site.length === 0) return null;
  const telling = new Set(findings.filter(({ route }) => route === null).map(({ metric }) => metric));
  const label = `All views without and with ${changeName(change)}`;
  return (
    <details className="rum-chart-table">
      <summary>All views, metric by metric</summary>
      <ScrollRegion label={label}>
        <table>
          <thead>
            <tr>
              {[
                'Metric',
                'Without',
                '95 %',
                'Views',
                'With',
                '95 %',
                'Views',
                'Difference, 95 %',
                'Verdict',
              ].map((head, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are
                <th key={place} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {site.map((test) => {
              const vital = VITALS.find(({ name }) => name === test.metric);
              const names = sideNames(change, test.basis);
              return (
                <tr key={test.metric}>
                  <th scope="row">{vital?.short ?? 'Errors'}</th>
                  <SideCells metric={test.metric} side={test.without} name={names[0]} />
                  <SideCells metric={test.metric} side={test.with} name={names[1]} />
                  <td>{differenceText(test.difference, vital?.name)}</td>
                  <td>
                    {telling.has(test.metric)
                      ? test.affected > 0
                        ? 'worse'
                        : 'better'
                      : 'no significant change'}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <TableFiles />
      </ScrollRegion>
    </details>
  );
}

function SideCells({
  metric,
  side,
  name,
}: {
  readonly metric: ComparedFinding['metric'];
  readonly side: ComparedFinding['with'];
  readonly name: string;
}): ReactElement {
  return (
    <>
      <td title={name}>{figureText(metric, side)}</td>
      <td>{sideIntervalText(metric, side) || NO_VALUE}</td>
      <td>{formatCount(side.n)}</td>
    </>
  );
}

function differenceText(
  difference: ComparedChange['site'][number]['difference'],
  vital: (typeof VITALS)[number]['name'] | undefined,
): string {
  if (difference === null) return NO_VALUE;
  const text = (value: number): string => {
    const size = Math.abs(value);
    const sign = value < 0 ? '−' : '+';
    return `${sign}${vital === undefined ? `${(100 * size).toFixed(1)} points` : formatVital(vital, size)}`;
  };
  return `${text(difference.value)} (${text(difference.low)} to ${text(difference.high)})`;
}
