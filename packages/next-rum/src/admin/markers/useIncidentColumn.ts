import { incidentName } from '../../analysis/insights/incidentWords.js';
import { NO_VALUE } from '../format.js';
import { type Charted, useIncidents } from './useMarkers.js';

/** A column of the table beside a chart: of which incidents a row's time is; none where there were none. */
export interface IncidentColumn {
  readonly head: readonly string[];
  /** @param from Epoch ms. */
  cells(from: number, to: number): readonly string[];
}

export function useIncidentColumn(charted: Charted | null): IncidentColumn {
  const incidents = useIncidents(charted);
  if (incidents.length === 0) return { head: [], cells: () => [] };
  return {
    head: ['Incident'],
    cells: (from, to) => {
      const open = incidents.filter(({ began, ended }) => began < to && (ended === null || ended > from));
      return [open.map(incidentName).join('; ') || NO_VALUE];
    },
  };
}
