import type { ReactElement } from 'react';
import type { ImpactResponse } from '../../server/api.js';
import { formatVital } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { ScrollRegion } from '../Panel.js';
import { TableFiles } from '../TableFiles.js';
import '../pages/PagesTable.css';
import { isSure } from './impactWords.js';
import { formatPercent, formatPoints, formatPointsInterval } from './shares.js';
import '../table.css';

/** What share would have the goal if p75 were less, and each went on as those do who have it like that now. */
export function WhatIfTable({ impact }: { readonly impact: ImpactResponse }): ReactElement {
  const { whatIfs, metric, p75 } = impact;
  if (whatIfs.length === 0) {
    return (
      <EmptyNotice title="Too few sessions to weigh">
        What if it were faster is told once 30 sessions are within, and 30 beyond, of what p75 might be.
      </EmptyNotice>
    );
  }
  return (
    <ScrollRegion label="What if it were faster, table">
      <table>
        <thead>
          <tr>
            <th scope="col">If p75 were</th>
            <th scope="col">With the goal</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {whatIfs.map(({ target, actual, weighted, interval }) => (
            <tr key={target}>
              <th scope="row">
                <span className="rum-cell">
                  <span>{formatVital(metric, target)}</span>
                  <small>instead of {formatVital(metric, p75)}</small>
                </span>
              </th>
              <td>{formatPercent(weighted)}</td>
              <td>
                <span className="rum-cell">
                  <span className="rum-difference" data-sure={isSure({ interval }) || undefined}>
                    {isSure({ interval }) ? formatPoints(weighted - actual) : 'No significant change'}
                  </span>
                  <small>
                    {isSure({ interval }) ? '' : `${formatPoints(weighted - actual)}, `}
                    {formatPointsInterval(interval)}
                  </small>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <TableFiles />
    </ScrollRegion>
  );
}
