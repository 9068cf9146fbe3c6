import { type ReactElement, useId } from 'react';
import { comparisonWords } from '../../../analysis/insights/comparisonWords.js';
import { causePlace, causeShare } from '../../../analysis/insights/incidentWords.js';
import type { Rating } from '../../../analysis/rating.js';
import type { ComparedChange, ComparedFinding } from '../../../server/api.js';
import { useAddress } from '../../address/Address.js';
import { Link } from '../../address/Link.js';
import { formatCount } from '../../format.js';
import { RatingIcon } from '../../Rating.js';
import { pageOf } from '../insightLinks.js';
import { SnoozeForm } from '../SnoozeForm.js';
import { changeForFinding, sideNames } from './findingLinks.js';
import { SidesPlot } from './SidesPlot.js';

interface FindingCardProps {
  readonly change: ComparedChange;
  readonly finding: ComparedFinding;
  /** What it is ranked by, in words. */
  readonly impact: string;
}

/** One difference that a change made: what, where, against whom, and what it is told from. */
export function FindingCard({ change, finding, impact }: FindingCardProps): ReactElement {
  const { time, state } = useAddress();
  const titleId = useId();
  const { sentence, basis, affected } = comparisonWords(change, finding, time.moment);
  const page = pageOf(finding);
  return (
    <article className="rum-panel rum-insight" aria-labelledby={titleId}>
      <header>
        <State finding={finding} />
        <p className="rum-muted">
          {affected} · {impact}
        </p>
      </header>
      <h2 id={titleId}>
        <Link to={page} change={changeForFinding(change, finding, {}, state.question)}>
          <bdi>{sentence}</bdi>
        </Link>
      </h2>
      <SidesPlot test={finding} names={sideNames(change, finding.basis)} />
      <p className="rum-muted">{basis}</p>
      {finding.causes.length === 0 ? null : (
        <ol className="rum-insight-causes" aria-label="Where it comes from, likeliest first">
          {finding.causes.map((cause) => (
            <li key={JSON.stringify(cause.places)}>
              {causeShare(cause)}{' '}
              <Link
                to={page}
                change={changeForFinding(change, finding, cause.places[0] ?? {}, state.question)}
              >
                <bdi>{causePlace(cause)}</bdi>
              </Link>{' '}
              <span className="rum-muted">
                ({formatCount(cause.count)} of {formatCount(cause.n)} views, {formatCount(cause.expected)}{' '}
                before)
              </span>
            </li>
          ))}
        </ol>
      )}
      <SnoozeForm insight={finding} />
    </article>
  );
}

function State({ finding }: { readonly finding: ComparedFinding }): ReactElement {
  const { time } = useAddress();
  const { affected, snoozedUntil, metric } = finding;
  const isWorse = affected > 0;
  const words = metric === 'errors' ? ['More errors', 'Fewer errors'] : ['Slower', 'Faster'];
  const [rating, word]: readonly [Rating, string | undefined] =
    snoozedUntil !== null
      ? ['needsImprovement', `Snoozed until ${time.moment(snoozedUntil)}`]
      : isWorse
        ? ['poor', words[0]]
        : ['good', words[1]];
  return (
    <p className="rum-rating" data-rating={rating}>
      <RatingIcon rating={rating} />
      {word}
    </p>
  );
}
