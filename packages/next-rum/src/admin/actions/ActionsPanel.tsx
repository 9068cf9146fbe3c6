import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ActionsResponse, ActionTemplateRow } from '../../server/api.js';
import { type FigureColumn, FigureTable } from '../activity/FigureTable.js';
import { P75, P75Change, Share } from '../activity/figures.js';
import { TableColumns } from '../activity/TableColumns.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { RouteLink } from '../pages/RouteLink.js';
import { ActionName } from './ActionName.js';

/** What visitors did, and what came of it. */
export function ActionsPanel({ query }: { readonly query: UseQueryResult<ActionsResponse> }): ReactElement {
  const { state } = useAddress();
  const api = useApi();
  const columns = state.question.compare === 'none' ? COLUMNS : [...COLUMNS, CHANGE];
  return (
    <Panel
      title="What visitors did"
      className="rum-figure-panel"
      query={query}
      aside={
        <div className="rum-panel-choices">
          <TableColumns table="actions" columns={columns} />
          <FileLinks hrefOf={(format) => api.actionsFile(state.question, 'actions', format)} />
        </div>
      }
    >
      <Answer
        query={query}
        failure="The actions could not be loaded"
        empty={({ rows }) =>
          rows.length > 0 ? null : (
            <EmptyNotice title="No actions">
              Nobody clicked, submitted or changed anything in this time that passes the filters. Choose a
              longer time, or fewer filters.
            </EmptyNotice>
          )
        }
      >
        {(data) => (
          <FigureTable
            name="actions"
            label="Actions table"
            columns={columns}
            rows={data?.rows}
            keyOf={({ name, kind, target, route }) => JSON.stringify([name, kind, target, route])}
            usual="n"
          />
        )}
      </Answer>
      {query.data?.truncated ? (
        <p className="rum-panel-foot rum-muted">Only the most frequent ones are listed.</p>
      ) : null}
    </Panel>
  );
}

const COLUMNS: readonly FigureColumn<ActionTemplateRow>[] = [
  { id: 'name', label: 'Action', of: ({ name }) => name, show: (row) => <ActionName {...row} /> },
  { id: 'route', label: 'Route', of: ({ route }) => route, show: ({ route }) => <RouteLink route={route} /> },
  {
    id: 'n',
    label: 'Times',
    of: ({ n }) => n,
    show: ({ n, visits }) => (
      <span className="rum-cell">
        <span>{formatCount(n)}</span>
        <small>{formatCount(visits)} visits</small>
      </span>
    ),
  },
  {
    id: 'visitors',
    label: 'Visitors',
    of: ({ visitors }) => visitors,
    show: ({ visitors }) => formatCount(visitors),
  },
  {
    id: 'p75',
    label: 'Settled p75',
    title: 'Until the page settled, of those that something came of, with its 95 % interval',
    of: ({ duration }) => duration.p75,
    show: ({ duration }) => <P75 {...duration} />,
  },
  {
    id: 'navigated',
    label: 'Led on',
    title: 'Share that led to another view, with its 95 % interval',
    of: ({ navigated, n }) => navigated / n,
    show: ({ navigated, n, navigatedInterval }) => (
      <Share part={navigated} whole={n} interval={navigatedInterval} />
    ),
  },
  {
    id: 'requests',
    label: 'Requests',
    title: 'That ended until the page settled',
    of: ({ requests, n }) => requests / n,
    show: ({ requests, n }) => (
      <span className="rum-cell">
        <span>{formatCount(requests)}</span>
        <small>{(requests / n).toFixed(1)} each</small>
      </span>
    ),
  },
  {
    id: 'errors',
    label: 'Errors',
    title: 'That happened until the page settled',
    of: ({ errors }) => errors,
    show: ({ errors }) => formatCount(errors),
  },
  {
    id: 'frustrations',
    label: 'Frustrated',
    title: 'Rage · dead · error clicks',
    of: ({ rage, dead, error }) => rage + dead + error,
    show: ({ rage, dead, error }) => [rage, dead, error].map(formatCount).join(' · '),
  },
];

const CHANGE: FigureColumn<ActionTemplateRow> = {
  id: 'change',
  label: 'Change',
  title: 'Of p75, against the time compared with',
  of: ({ duration, compared }) =>
    duration.p75 === null || !compared?.p75 ? null : duration.p75 / compared.p75,
  show: ({ duration, compared }) => <P75Change before={compared ?? undefined} now={duration} />,
};
