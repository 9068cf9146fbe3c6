import type { ReactElement } from 'react';
import type { BreakdownRow, OverviewResponse } from '../../server/api.js';
import { RatingIcon } from '../Rating.js';
import { Skeleton } from '../Skeleton.js';
import { healthRemarks } from './healthSentence.js';

interface HealthSentenceProps {
  /** Undefined while loading. */
  readonly overview: OverviewResponse | undefined;
  readonly devices: readonly BreakdownRow[];
}

/** How the app feels, in words. */
export function HealthSentence({ overview, devices }: HealthSentenceProps): ReactElement | null {
  const remarks = overview === undefined ? [] : healthRemarks(overview, devices);
  if (overview !== undefined && remarks.length === 0) return null;
  return (
    <section className="rum-card rum-sentence" aria-label="In words" aria-busy={overview === undefined}>
      {overview === undefined ? (
        <p>
          <Skeleton size="l" />
        </p>
      ) : (
        remarks.map(({ tone, text }) => (
          <p key={text} data-rating={tone === 'neutral' ? undefined : tone}>
            <span className="rum-sentence-mark">
              {tone === 'neutral' ? null : <RatingIcon rating={tone} />}
            </span>
            <span>{text}</span>
          </p>
        ))
      )}
    </section>
  );
}
