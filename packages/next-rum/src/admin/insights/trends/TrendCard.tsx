import { type ReactElement, useId, useState } from 'react';
import { trendWords } from '../../../analysis/insights/trendWords.js';
import type { Rating } from '../../../analysis/rating.js';
import type { FoundTrend } from '../../../server/api.js';
import type { Question } from '../../../server/question.js';
import { useAddress } from '../../address/Address.js';
import { Link } from '../../address/Link.js';
import type { UrlState } from '../../address/urlState.js';
import { ChartTable } from '../../charts/ChartTable.js';
import { formatCount, NO_VALUE } from '../../format.js';
import { OnDemand } from '../../OnDemand.js';
import { RatingIcon } from '../../Rating.js';
import { createTimeFormat } from '../../timeFormat.js';
import { pageOf } from '../insightLinks.js';
import { SnoozeForm } from '../SnoozeForm.js';
import { trendEvidence } from './trendEvidence.js';
import '../../charts/charts.css';

interface TrendCardProps {
  readonly finding: FoundTrend;
  /** Whether its days are shown from the beginning. */
  readonly isOpen: boolean;
  /** What it is ranked by, in words. */
  readonly impact: string;
}

const DAY = 86_400_000;
const utc = createTimeFormat('utc');

/** One trend or shift: what it is, what it is told from, and how many views it is about. */
export function TrendCard({ finding, isOpen, impact }: TrendCardProps): ReactElement {
  const { state } = useAddress();
  const [open, setOpen] = useState(isOpen);
  const titleId = useId();
  const { sentence, basis, affected } = trendWords(finding);
  return (
    <article className="rum-panel rum-insight" aria-labelledby={titleId}>
      <header>
        <State finding={finding} />
        <p className="rum-muted">
          {affected} · {impact}
        </p>
      </header>
      <h2 id={titleId}>
        <Link to={pageOf(finding)} change={changeForTrend(finding, state.question)}>
          <bdi>{sentence}</bdi>
        </Link>
      </h2>
      <p className="rum-muted">
        <bdi>{basis}</bdi>
      </p>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Day by day</summary>
        {open ? <Evidence finding={finding} label={sentence} /> : null}
      </details>
      <SnoozeForm insight={finding} />
    </article>
  );
}

function Evidence({
  finding,
  label,
}: {
  readonly finding: FoundTrend;
  readonly label: string;
}): ReactElement {
  const evidence = trendEvidence(finding);
  const { name, points, format } = evidence;
  const isTrend = finding.kind === 'trend';
  return (
    <div className="rum-evidence">
      <ul className="rum-legend">
        <li data-series="seen">{name}</li>
        <li data-series="usual">{isTrend ? 'The trend' : 'Before and after'}</li>
        {isTrend || finding.from === finding.to ? null : <li data-series="dated">When it changed, 95 %</li>}
      </ul>
      <div className="rum-chart">
        <OnDemand name="trend" load={() => import('./TrendChart.js')}>
          {({ TrendChart }) => <TrendChart evidence={evidence} />}
        </OnDemand>
      </div>
      <ChartTable
        label={`${label}, days as a table`}
        head={['Day (UTC)', name, isTrend ? 'The trend' : 'Level', 'Views']}
        rows={() =>
          points.map(({ t, seen, line, before, after, n }) => {
            const told = line ?? before ?? after;
            return [utc.day(t), format(seen), told === null ? NO_VALUE : format(told), formatCount(n)];
          })
        }
      />
    </div>
  );
}

function State({ finding }: { readonly finding: FoundTrend }): ReactElement {
  const { time } = useAddress();
  const { affected, snoozedUntil, kind } = finding;
  const word = kind === 'trend' ? 'Trend' : 'Shift';
  const [rating, words]: readonly [Rating, string] =
    snoozedUntil !== null
      ? ['needsImprovement', `Snoozed until ${time.moment(snoozedUntil)}`]
      : affected > 0
        ? ['poor', `${word} for the worse`]
        : ['good', `${word} for the better`];
  return (
    <p className="rum-rating" data-rating={rating}>
      <RatingIcon rating={rating} />
      {words}
    </p>
  );
}

/** What is asked on the page of the metric: the days that it is told from, and the views of its route. */
function changeForTrend({ days, route }: FoundTrend, question: Question): Partial<UrlState> {
  const [first, last] = [days[0]?.t ?? 0, days.at(-1)?.t ?? 0];
  const filters = route === null ? [] : [{ dimension: 'route', keep: true, values: [route] } as const];
  return { question: { ...question, range: { from: first, to: last + DAY }, compare: 'none', filters } };
}
