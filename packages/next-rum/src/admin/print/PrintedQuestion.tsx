import { Fragment, type ReactElement } from 'react';
import type { Filter, RangeName } from '../../server/question.js';
import { useAddress } from '../address/Address.js';
import { dimensionLabel, valueLabel } from '../dimensions.js';
import { compares } from '../frame/compares.js';
import { AUDIENCE_LABELS, COMPARISON_LABELS } from '../frame/questionWords.js';
import { usePrinting } from './usePrinting.js';

const RANGE_WORDS: { readonly [range in RangeName]: string } = {
  '1h': 'the last hour',
  '24h': 'the last 24 hours',
  '7d': 'the last 7 days',
  '30d': 'the last 30 days',
};

/** What all figures are about, in words: on paper the toolbar is not there to say it. */
export function PrintedQuestion(): ReactElement | null {
  const printing = usePrinting();
  const { page, state, time } = useAddress();
  if (!printing) return null;
  const { range, compare, audience, filters } = state.question;
  return (
    <dl className="rum-printed">
      <dt>Time</dt>
      <dd>
        {typeof range === 'string' ? RANGE_WORDS[range] : time.span(range.from, range.to)}, {time.zoneName}
      </dd>
      {compares(page) && compare !== 'none' ? (
        <>
          <dt>Compared</dt>
          <dd>{COMPARISON_LABELS[compare]}</dd>
        </>
      ) : null}
      <dt>Views of</dt>
      <dd>{AUDIENCE_LABELS[audience]}</dd>
      <dt>Filters</dt>
      <dd>
        {filters.length === 0
          ? 'none'
          : filters.map((filter, index) => (
              <Fragment key={`${filter.keep}${filter.dimension}`}>
                {index === 0 ? '' : '; '}
                <FilterWords {...filter} />
              </Fragment>
            ))}
      </dd>
    </dl>
  );
}

function FilterWords({ dimension, keep, values }: Filter): ReactElement {
  return (
    <>
      <bdi>{dimensionLabel(dimension)}</bdi> {keep ? 'is' : 'is not'}{' '}
      {values.map((value, index) => (
        <Fragment key={value}>
          {index === 0 ? '' : keep ? ' or ' : ' nor '}
          <bdi>{valueLabel(dimension, value)}</bdi>
        </Fragment>
      ))}
    </>
  );
}
