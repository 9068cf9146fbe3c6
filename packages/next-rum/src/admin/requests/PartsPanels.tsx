import type { ReactElement } from 'react';
import type { Median } from '../../analysis/durations.js';
import { PHASES } from '../../analysis/requests/requestFigures.js';
import type { RequestResponse } from '../../server/api.js';
import { type FigureColumn, FigureTable } from '../activity/FigureTable.js';
import { Percentile } from '../activity/figures.js';
import { formatCount, formatShare } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { Panel } from '../Panel.js';
import { PHASE_LABELS, statusLabel } from './requestWords.js';

type Phase = Median & { readonly phase: (typeof PHASES)[number] };

const PHASE_COLUMNS: readonly FigureColumn<Phase>[] = [
  {
    id: 'name',
    label: 'Phase',
    of: ({ phase }) => PHASES.indexOf(phase),
    show: ({ phase }) => PHASE_LABELS[phase],
  },
  {
    id: 'median',
    label: 'Median',
    title: 'With its 95 % interval',
    of: ({ median }) => median,
    show: ({ median, interval }) => <Percentile value={median} interval={interval} />,
  },
];

/** What a request is made of, in the order in which it happens. */
export function PhasesPanel({ phases }: Pick<RequestResponse, 'phases'>): ReactElement {
  const told = PHASES.flatMap((phase) => {
    const median = phases[phase];
    return median === null ? [] : [{ phase, ...median }];
  });
  return (
    <Panel title="What it is made of" className="rum-figure-panel" aside="Of those that tell">
      {told.length === 0 ? (
        <EmptyNotice title="No browser told">
          Other origins keep their phases to themselves unless they answer with Timing-Allow-Origin.
        </EmptyNotice>
      ) : (
        <FigureTable
          name="phases"
          label="Phases table"
          columns={PHASE_COLUMNS}
          rows={told}
          keyOf={({ phase }) => phase}
          usual=""
          files
        />
      )}
    </Panel>
  );
}

/** What became of it. */
export function StatusesPanel({ request }: { readonly request: RequestResponse }): ReactElement {
  const columns: readonly FigureColumn<RequestResponse['statuses'][number]>[] = [
    {
      id: 'name',
      label: 'Status',
      of: ({ status }) => status,
      show: ({ status }) => <bdi>{statusLabel(status)}</bdi>,
    },
    { id: 'n', label: 'Count', of: ({ n }) => n, show: ({ n }) => formatCount(n) },
    {
      id: 'share',
      label: 'Share',
      of: ({ n }) => n,
      show: ({ n }) => formatShare(n, request.n),
    },
  ];
  return (
    <Panel title="What became of it" className="rum-figure-panel">
      <FigureTable
        name="statuses"
        label="Statuses table"
        columns={columns}
        rows={request.statuses}
        keyOf={({ status }) => status}
        usual="n"
        files
      />
    </Panel>
  );
}
