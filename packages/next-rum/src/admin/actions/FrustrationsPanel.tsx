import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { FRUSTRATIONS, type FrustrationRow } from '../../analysis/actions/actionsOf.js';
import type { ActionsResponse } from '../../server/api.js';
import { type FigureColumn, FigureTable } from '../activity/FigureTable.js';
import { Share } from '../activity/figures.js';
import { TableColumns } from '../activity/TableColumns.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { RouteLink } from '../pages/RouteLink.js';
import { ActionName } from './ActionName.js';
import { FRUSTRATION_LABELS } from './actionWords.js';

interface FrustrationsPanelProps {
  readonly query: UseQueryResult<ActionsResponse>;
}

/** Where visitors were frustrated: by what they clicked, and on which route. */
export function FrustrationsPanel({ query }: FrustrationsPanelProps): ReactElement {
  const { state } = useAddress();
  const api = useApi();
  return (
    <Panel
      title="Frustrations"
      className="rum-figure-panel"
      query={query}
      aside={
        <div className="rum-panel-choices">
          <TableColumns
            table="frustrations"
            second="frustrations"
            columns={columnsOf(query.data?.visits ?? 0)}
          />
          <FileLinks hrefOf={(format) => api.actionsFile(state.question, 'frustrations', format)} />
        </div>
      }
    >
      <Answer
        query={query}
        failure="The frustrations could not be loaded"
        empty={({ frustrations }) =>
          frustrations.length > 0 ? null : (
            <EmptyNotice title="Nobody was frustrated">
              There was no rage, dead or error click in this time that passes the filters.
            </EmptyNotice>
          )
        }
      >
        {(data) => (
          <FigureTable
            name="frustrations"
            label="Frustrations table"
            columns={columnsOf(data?.visits ?? 0)}
            rows={data?.frustrations}
            keyOf={({ frustration, name, kind, target, route }) =>
              JSON.stringify([frustration, name, kind, target, route])
            }
            usual="n"
          />
        )}
      </Answer>
    </Panel>
  );
}

function columnsOf(visits: number): readonly FigureColumn<FrustrationRow>[] {
  return [
    { id: 'name', label: 'What', of: ({ name }) => name, show: (row) => <ActionName {...row} /> },
    {
      id: 'frustration',
      label: 'Frustration',
      of: ({ frustration }) => FRUSTRATIONS.indexOf(frustration),
      show: ({ frustration }) => FRUSTRATION_LABELS[frustration],
    },
    {
      id: 'route',
      label: 'Route',
      of: ({ route }) => route,
      show: ({ route }) => <RouteLink route={route} />,
    },
    { id: 'n', label: 'Clicks', of: ({ n }) => n, show: ({ n }) => formatCount(n) },
    {
      id: 'visits',
      label: 'Visits',
      title: 'Share of visits in which it was met, with its 95 % interval',
      of: (row) => row.visits,
      show: (row) => <Share part={row.visits} whole={visits} interval={row.interval} />,
    },
    {
      id: 'visitors',
      label: 'Visitors',
      of: ({ visitors }) => visitors,
      show: ({ visitors }) => formatCount(visitors),
    },
  ];
}
