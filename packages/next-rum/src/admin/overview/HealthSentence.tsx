import type { ReactElement } from 'react';
import type { BreakdownRow, OverviewResponse } from '../../server/api.js';
import { RatingIcon } from '../Rating.js';
import { useRegionName } from '../regionName.js';
import { Skeleton } from '../Skeleton.js';
import { healthRemarks } from './healthRemarks.js';

interface HealthSentenceProps {
  /** Undefined while loading. */
  readonly overview: OverviewResponse | undefined;
  readonly devices: readonly BreakdownRow[];
}

/** How the app feels, in words. Its height does not depend on how many there are, so that they move nothing when they come. */
export function HealthSentence({ overview, devices }: HealthSentenceProps): ReactElement {
  const remarks = overview === undefined ? [] : healthRemarks(overview, devices);
  return (
    <section
      className="rum-card rum-sentence"
      aria-label={useRegionName('In words')}
      aria-busy={overview === undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys
      tabIndex={0}
    >
      {overview === undefined ? (
        <p>
          <Skeleton size="l" />
        </p>
      ) : remarks.length === 0 ? (
        <p className="rum-muted">Nothing was measured in this time that could be said in words.</p>
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
