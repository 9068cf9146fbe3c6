import type { VitalName } from '@rumkit/react-rum/protocol';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { rateVital } from '../../analysis/rating.js';
import type { VitalResponse } from '../../server/api.js';
import { ChangeNote } from '../ChangeNote.js';
import { changeBetween } from '../change.js';
import { ChartTable } from '../charts/ChartTable.js';
import { Histogram, histogramEnd } from '../charts/Histogram.js';
import { PERCENTILES } from '../charts/percentiles.js';
import { formatCount, formatShare, formatVital, NO_VALUE, sureWords } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { ChartBox, Panel } from '../Panel.js';
import { IntervalText, RatingBar, RatingMark } from '../Rating.js';
import { Skeleton } from '../Skeleton.js';

interface DistributionPanelProps {
  readonly metric: VitalName;
  readonly query: UseQueryResult<VitalResponse>;
}

/** The vital in figures, and how its values spread. */
export function DistributionPanel({ metric, query }: DistributionPanelProps): ReactElement {
  const vital = query.data;
  const failed = query.isError && vital === undefined;
  return (
    <Panel
      title="Distribution"
      className="rum-distribution"
      aside={vital === undefined ? '' : `n = ${formatCount(vital.figures.n)}`}
      query={query}
    >
      <dl className="rum-totals" data-columns="5">
        {PERCENTILES.map((name) => (
          <div
            key={name}
            title={vital && vital.figures.n > 0 ? sureWords(metric, vital.intervals[name]) : undefined}
          >
            <dt>{name}</dt>
            <dd>
              {vital !== undefined ? (
                <>
                  <span>{formatVital(metric, vital.percentiles[name])}</span>
                  {vital.figures.n === 0 ? null : (
                    <IntervalText name={metric} interval={vital.intervals[name]} />
                  )}
                </>
              ) : failed ? (
                NO_VALUE
              ) : (
                <Skeleton size="s" />
              )}
            </dd>
          </div>
        ))}
      </dl>
      <ChartBox
        className="rum-histogram-box"
        query={query}
        failure="The vital could not be loaded"
        empty={({ figures }) =>
          figures.n > 0 ? null : (
            <EmptyNotice title="No view has this vital">
              {metric === 'inp'
                ? 'INP comes with the first click, tap or key. Choose a longer range or fewer filters.'
                : 'Choose a longer range or fewer filters.'}
            </EmptyNotice>
          )
        }
      >
        {({ histogram, figures }) => (
          <Histogram metric={metric} bins={histogram} n={figures.n} p75={figures.p75} />
        )}
      </ChartBox>
      <div className="rum-distribution-words">
        {vital === undefined ? null : <Words metric={metric} vital={vital} />}
      </div>
      <ChartTable
        label="Distribution as a table"
        head={['Value', 'Views', 'Share']}
        rows={() =>
          (vital?.histogram ?? [])
            .filter(({ n }) => n > 0)
            .map(({ low, high, n }) => [
              `${formatVital(metric, low)} – ${formatVital(metric, high)}`,
              formatCount(n),
              formatShare(n, vital?.figures.n ?? 0),
            ])
        }
      />
    </Panel>
  );
}

function Words({
  metric,
  vital,
}: {
  readonly metric: VitalName;
  readonly vital: VitalResponse;
}): ReactElement | null {
  const { figures, compared, histogram } = vital;
  if (figures.p75 === null) return null;
  const end = histogramEnd(metric, histogram, figures.n);
  const beyond = histogram.reduce((sum, { low, n }) => (low >= end ? sum + n : sum), 0);
  return (
    <>
      <RatingBar summary={figures} />
      <p>
        <RatingMark rating={rateVital(metric, figures.p75)} />{' '}
        <span className="rum-muted">
          p75 {formatVital(metric, figures.p75)}, {sureWords(metric, figures.interval)}
          {beyond > 0 ? ` · ${formatCount(beyond)} beyond ${formatVital(metric, end)} not drawn` : ''}
        </span>
      </p>
      {compared === null ? null : (
        <p>
          <ChangeNote metric={metric} change={changeBetween(compared.figures, figures)} />
        </p>
      )}
    </>
  );
}
