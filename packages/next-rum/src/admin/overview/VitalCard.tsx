import { type ReactElement, useId } from 'react';
import { rateVital, VITAL_THRESHOLDS } from '../../analysis/rating.js';
import type { VitalFigures } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { ChangeNote } from '../ChangeNote.js';
import { changeBetween } from '../change.js';
import { formatCount, formatInterval, formatThreshold, NO_VALUE, vitalMeasure } from '../format.js';
import { RatingBar, RatingMark } from '../Rating.js';
import { Skeleton } from '../Skeleton.js';
import type { VitalLabel } from '../vitals.js';
import './VitalCard.css';

const NO_DATA: VitalFigures = { p75: null, interval: null, n: 0, good: 0, needsImprovement: 0, poor: 0 };

interface VitalCardProps {
  readonly vital: VitalLabel;
  /** Undefined while loading. */
  readonly figures: VitalFigures | undefined;
  /** Undefined where nothing is compared. */
  readonly before: VitalFigures | undefined;
}

/** One vital: p75 and how sure it is, rating, how many views it rests on, how they spread, and how it changed. */
export function VitalCard({ vital, figures, before }: VitalCardProps): ReactElement {
  const heading = useId();
  const { state } = useAddress();
  const thresholds = VITAL_THRESHOLDS[vital.name];
  return (
    <article
      className="rum-card rum-vital"
      aria-labelledby={heading}
      aria-busy={figures === undefined}
      data-compares={state.question.compare !== 'none'}
    >
      <h2 id={heading}>
        <Link to={{ name: 'vitals', metric: vital.name }} className="rum-vital-link">
          {vital.short} <span>{vital.long}</span>
        </Link>
      </h2>
      {figures === undefined ? <LoadingFigures /> : <Figures vital={vital} figures={figures} />}
      <RatingBar summary={figures ?? NO_DATA} />
      <p className="rum-vital-thresholds">
        <span>Good ≤ {formatThreshold(vital.name, thresholds.good)}</span>{' '}
        <span>Poor &gt; {formatThreshold(vital.name, thresholds.poor)}</span>
      </p>
      {state.question.compare === 'none' ? null : (
        <p className="rum-vital-change">
          {figures === undefined ? (
            <Skeleton size="l" />
          ) : (
            <ChangeNote metric={vital.name} change={changeBetween(before, figures)} />
          )}
        </p>
      )}
    </article>
  );
}

function Figures({
  vital,
  figures,
}: {
  readonly vital: VitalLabel;
  readonly figures: VitalFigures;
}): ReactElement {
  const { p75, n, interval } = figures;
  const measure = p75 === null ? null : vitalMeasure(vital.name, p75);
  return (
    <>
      <p className="rum-vital-value" data-empty={measure === null}>
        <strong>{measure?.value ?? NO_VALUE}</strong>
        {measure?.unit ? <span className="rum-vital-unit"> {measure.unit}</span> : null}
      </p>
      <p className="rum-vital-basis">
        p75 · n = {formatCount(n)}
        {interval === null ? null : (
          <>
            {' · '}
            <span className="rum-vital-interval" title="95 % confidence interval of the p75">
              {formatInterval(vital.name, interval)}
            </span>
          </>
        )}
      </p>
      <p className="rum-vital-rating">
        {p75 === null ? (
          <span className="rum-muted">Not enough data</span>
        ) : (
          <RatingMark rating={rateVital(vital.name, p75)} />
        )}
      </p>
    </>
  );
}

function LoadingFigures(): ReactElement {
  return (
    <>
      <p className="rum-vital-value">
        <strong>
          <Skeleton />
        </strong>
      </p>
      <p className="rum-vital-basis">
        <Skeleton />
      </p>
      <p className="rum-vital-rating">
        <Skeleton size="l" />
      </p>
    </>
  );
}
