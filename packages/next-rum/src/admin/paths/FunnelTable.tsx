import type { ReactElement } from 'react';
import type { FunnelResponse, FunnelStepRow } from '../../server/api.js';
import { formatCount, formatShare, NO_VALUE } from '../format.js';
import { ScrollRegion } from '../Panel.js';
import { SkeletonRows } from '../Skeleton.js';
import { kindLabel } from './StepsEditor.js';
import { formatSpan } from './seenWords.js';
import { ShareBar, ShareText } from './shares.js';
import '../table.css';
import '../pages/PagesTable.css';

const HEADS = ['Step', 'Reached', 'Of the first', 'Of the step before', 'Lost', 'Median time since'];

interface FunnelTableProps {
  /** Undefined while loading. */
  readonly funnel: FunnelResponse | undefined;
  readonly rows: number;
}

/** A row a step: how many came so far, and how long it took them. */
export function FunnelTable({ funnel, rows }: FunnelTableProps): ReactElement {
  return (
    <ScrollRegion label="Funnel table" busy={funnel === undefined}>
      <table>
        <thead>
          <tr>
            {HEADS.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {funnel === undefined ? (
            <SkeletonRows rows={rows} columns={HEADS.length} />
          ) : (
            funnel.steps.map((step, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same step may come twice
              <Row key={place} step={step} place={place} before={funnel.steps[place - 1]} />
            ))
          )}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface RowProps {
  readonly step: FunnelStepRow;
  readonly place: number;
  readonly before: FunnelStepRow | undefined;
}

function Row({ step, place, before }: RowProps): ReactElement {
  const { kind, name, reached, fromFirst, fromPrevious, median, medianInterval } = step;
  const lost = (before?.reached ?? 0) - reached;
  return (
    <tr>
      <th scope="row">
        <span className="rum-cell">
          <bdi title={name}>
            {place + 1}. {name}
          </bdi>
          <small>{kindLabel(kind)}</small>
        </span>
      </th>
      <td>
        <span className="rum-cell">
          <span>{formatCount(reached)}</span>
          <ShareBar share={fromFirst.share ?? 0} />
        </span>
      </td>
      <td>
        <ShareText figure={before === undefined ? null : fromFirst} />
      </td>
      <td>
        <ShareText figure={fromPrevious} />
      </td>
      <td>
        {before === undefined ? (
          <span className="rum-muted">{NO_VALUE}</span>
        ) : (
          <span className="rum-cell">
            <span>{formatCount(lost)}</span>
            <small>{formatShare(lost, before.reached)}</small>
          </span>
        )}
      </td>
      <td>
        {median === null ? (
          <span className="rum-muted">{NO_VALUE}</span>
        ) : (
          <span className="rum-cell">
            <span>{formatSpan(median)}</span>
            <small title="95 % confidence interval">
              {medianInterval === null
                ? 'too few to say how sure'
                : `${formatSpan(medianInterval[0])} – ${formatSpan(medianInterval[1])}`}
            </small>
          </span>
        )}
      </td>
    </tr>
  );
}
