import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { FRUSTRATIONS } from '../../analysis/actions/actionsOf.js';
import type { ActionsResponse } from '../../server/api.js';
import { shareInterval } from '../activity/figures.js';
import { formatCount, formatShare, formatViews, NO_VALUE } from '../format.js';
import { Panel } from '../Panel.js';
import { Skeleton } from '../Skeleton.js';
import { FRUSTRATION_HINTS, FRUSTRATION_LABELS } from './actionWords.js';

interface VisitsPanelProps {
  readonly query: UseQueryResult<ActionsResponse>;
}

/** How many visits met a frustration. */
export function VisitsPanel({ query }: VisitsPanelProps): ReactElement {
  const { data, isError } = query;
  const none = isError ? NO_VALUE : <Skeleton size="s" />;
  return (
    <Panel
      title="Visits that met a frustration"
      className="rum-glance rum-figure-panel"
      query={query}
      aside={
        data === undefined
          ? ''
          : `of ${formatCount(data.visits)} visits by ${formatCount(data.visitors)} visitors, in ${formatViews(data.views)}`
      }
    >
      <dl className="rum-totals">
        <div>
          <dt>Any</dt>
          <dd>{data === undefined ? none : <AffectedShare data={data} kind="any" />}</dd>
        </div>
        {FRUSTRATIONS.map((kind) => (
          <div key={kind}>
            <dt title={FRUSTRATION_HINTS[kind]}>{FRUSTRATION_LABELS[kind]}</dt>
            <dd>{data === undefined ? none : <AffectedShare data={data} kind={kind} />}</dd>
          </div>
        ))}
      </dl>
      <div className="rum-glance-words rum-muted">
        <p>
          A visit is a run of actions without half an hour of silence. Rage: several quick clicks at one
          place. Dead: a click that nothing came of. Error: an error followed.
        </p>
      </div>
    </Panel>
  );
}

function AffectedShare({
  data,
  kind,
}: {
  readonly data: ActionsResponse;
  readonly kind: keyof ActionsResponse['affected'];
}): ReactElement {
  const { visits, interval } = data.affected[kind];
  return (
    <>
      {formatShare(visits, data.visits)}
      <small>
        {interval === null ? NO_VALUE : `${shareInterval(interval)}, ${formatCount(visits)} visits`}
      </small>
    </>
  );
}
