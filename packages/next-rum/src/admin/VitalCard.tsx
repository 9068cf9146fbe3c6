import { type ReactElement, useId } from 'react';
import { rateVital, VITAL_THRESHOLDS } from '../analysis/rating.js';
import type { VitalSummary } from '../server/api.js';
import { formatCount, formatThreshold, NO_VALUE, vitalMeasure } from './format.js';
import { RatingBar, RatingMark } from './Rating.js';
import { Skeleton } from './Skeleton.js';
import type { VitalLabel } from './vitals.js';
import './VitalCard.css';

const NO_DATA: VitalSummary = { p75: null, interval: null, n: 0, good: 0, needsImprovement: 0, poor: 0 };

interface VitalCardProps {
  readonly vital: VitalLabel;
  /** Undefined while loading. */
  readonly summary: VitalSummary | undefined;
}

/** One vital: p75, rating, how many views it rests on, and how they spread. */
export function VitalCard({ vital, summary }: VitalCardProps): ReactElement {
  const heading = useId();
  const thresholds = VITAL_THRESHOLDS[vital.name];
  return (
    <article className="rum-card rum-vital" aria-labelledby={heading} aria-busy={summary === undefined}>
      <h3 id={heading}>
        {vital.short} <span>{vital.long}</span>
      </h3>
      {summary === undefined ? <LoadingFigures /> : <Figures vital={vital} summary={summary} />}
      <RatingBar summary={summary ?? NO_DATA} />
      <p className="rum-vital-thresholds">
        <span>Good ≤ {formatThreshold(vital.name, thresholds.good)}</span>{' '}
        <span>Poor &gt; {formatThreshold(vital.name, thresholds.poor)}</span>
      </p>
    </article>
  );
}

function Figures({
  vital,
  summary,
}: {
  readonly vital: VitalLabel;
  readonly summary: VitalSummary;
}): ReactElement {
  const { p75, n } = summary;
  const measure = p75 === null ? null : vitalMeasure(vital.name, p75);
  return (
    <>
      <p className="rum-vital-value" data-empty={measure === null}>
        <strong>{measure?.value ?? NO_VALUE}</strong>
        {measure?.unit ? <span className="rum-vital-unit"> {measure.unit}</span> : null}
      </p>
      <p className="rum-vital-basis">p75 · n = {formatCount(n)}</p>
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
