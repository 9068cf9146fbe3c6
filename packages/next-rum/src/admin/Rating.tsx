import type { VitalName } from '@rumkit/react-rum/protocol';
import type { ReactElement } from 'react';
import { type Rating, rateVital } from '../analysis/rating.js';
import type { VitalSummary } from '../server/api.js';
import type { Measured } from './change.js';
import { formatShare, formatVital, intervalWords, NO_VALUE } from './format.js';
import { GoodIcon, NeedsImprovementIcon, PoorIcon } from './icons.js';
import './Rating.css';

const WORDS: { readonly [rating in Rating]: string } = {
  good: 'Good',
  needsImprovement: 'Needs improvement',
  poor: 'Poor',
};

/** A rating as shape and colour. */
export function RatingIcon({ rating }: { readonly rating: Rating }): ReactElement {
  switch (rating) {
    case 'good':
      return <GoodIcon />;
    case 'needsImprovement':
      return <NeedsImprovementIcon />;
    case 'poor':
      return <PoorIcon />;
  }
}

interface RatingMarkProps {
  readonly rating: Rating;
  /** Keep the word for screen readers only, where room is short. The shape still tells ratings apart. */
  readonly compact?: boolean;
}

/** A rating as shape, colour and word. */
export function RatingMark({ rating, compact = false }: RatingMarkProps): ReactElement {
  return (
    <span className="rum-rating" data-rating={rating} title={compact ? WORDS[rating] : undefined}>
      <RatingIcon rating={rating} />
      <span className={compact ? 'rum-sr-only' : undefined}>{WORDS[rating]}</span>
    </span>
  );
}

/** The p75 of a vital with its rating, in a cell or a line. */
export function VitalText({
  name,
  p75,
}: {
  readonly name: VitalName;
  readonly p75: number | null;
}): ReactElement {
  if (p75 === null) return <span className="rum-muted">{NO_VALUE}</span>;
  return (
    <span className="rum-vital-text">
      <RatingMark rating={rateVital(name, p75)} compact /> {formatVital(name, p75)}
    </span>
  );
}

/** {@link VitalText} with the 95 % interval of the p75 below. */
export function VitalCell({
  name,
  figures: { p75, interval },
}: {
  readonly name: VitalName;
  readonly figures: Measured;
}): ReactElement {
  if (p75 === null) return <VitalText name={name} p75={null} />;
  return (
    <span className="rum-cell">
      <VitalText name={name} p75={p75} />
      <IntervalText name={name} interval={interval} />
    </span>
  );
}

/** The 95 % interval of a percentile in small letters, or that there is none. */
export function IntervalText({
  name,
  interval,
}: {
  readonly name: VitalName;
  readonly interval: Measured['interval'];
}): ReactElement {
  return <small title={intervalTitle(interval)}>{intervalWords(name, interval)}</small>;
}

function intervalTitle(interval: Measured['interval']): string {
  return interval === null ? 'Too few views for a 95 % confidence interval' : '95 % confidence interval';
}

/** In the order of the bar, best first. */
const RATINGS: readonly Rating[] = ['good', 'needsImprovement', 'poor'];

/** Between two parts of the bar, in percent of its width. */
const GAP = 0.8;

/** How many of the views were good, in need of improvement and poor, as a bar. Whoever uses it gives the numbers beside it. */
export function RatingShares({ summary }: { readonly summary: VitalSummary }): ReactElement {
  let start = 0;
  return (
    // An SVG, because the width of a styled box would need a style attribute, which a strict CSP refuses.
    <svg className="rum-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect className="rum-bar-track" width="100" height="6" />
      {RATINGS.map((rating) => {
        if (summary[rating] === 0) return null;
        const x = start;
        const width = (summary[rating] / summary.n) * 100;
        start += width;
        const gap = start < 99.9 ? GAP : 0;
        return <rect key={rating} data-rating={rating} x={x} width={Math.max(width - gap, 0.4)} height="6" />;
      })}
    </svg>
  );
}

/** {@link RatingShares} with its numbers under it. */
export function RatingBar({ summary }: { readonly summary: VitalSummary }): ReactElement {
  return (
    <>
      <RatingShares summary={summary} />
      <ul className="rum-shares" data-empty={summary.n === 0}>
        {RATINGS.map((rating) => (
          <li key={rating}>
            <RatingMark rating={rating} compact />
            {formatShare(summary[rating], summary.n)}
          </li>
        ))}
      </ul>
    </>
  );
}
