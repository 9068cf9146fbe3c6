import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { FunnelResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { DIMENSIONS, dimensionLabel, valueLabel } from '../dimensions.js';
import { formatCount } from '../format.js';
import { Choice } from '../frame/Choice.js';
import { Panel, ScrollRegion } from '../Panel.js';
import { TableFiles } from '../TableFiles.js';
import { ShareText } from './shares.js';
import '../table.css';

interface FunnelSegmentsProps {
  readonly funnel: FunnelResponse;
  readonly query: UseQueryResult<FunnelResponse>;
}

/** How far those came that have one value of a dimension where they took the first step. */
export function FunnelSegments({ funnel, query }: FunnelSegmentsProps): ReactElement {
  const { state, change } = useAddress();
  const { dimension, segments, steps } = funnel;
  return (
    <Panel
      title="Segments"
      className="rum-funnel-segments"
      query={query}
      aside={
        <Choice
          label="by"
          labelled
          options={DIMENSIONS.map(({ name, label }) => ({ value: name, label }))}
          value={state.by}
          onChange={(by) => change({ by })}
        />
      }
    >
      <ScrollRegion label="Segments table">
        <table>
          <thead>
            <tr>
              <th scope="col">{dimensionLabel(dimension)}</th>
              {steps.map(({ name }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same step may come twice
                <th key={place} scope="col" title={name}>
                  Step {place + 1}
                </th>
              ))}
              <th scope="col">First to last</th>
            </tr>
          </thead>
          <tbody>
            {segments.map(({ value, reached, conversion }) => (
              <tr key={value}>
                <th scope="row">
                  <bdi>{valueLabel(dimension, value)}</bdi>
                </th>
                {reached.map((count, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its step's
                  <td key={place}>{formatCount(count)}</td>
                ))}
                <td>
                  <ShareText figure={conversion} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <TableFiles />
      </ScrollRegion>
    </Panel>
  );
}
