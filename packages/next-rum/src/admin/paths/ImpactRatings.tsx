import type { ReactElement } from 'react';
import type { ImpactResponse } from '../../server/api.js';
import { formatCount } from '../format.js';
import { ScrollRegion } from '../Panel.js';
import '../pages/PagesTable.css';
import { RatingMark } from '../Rating.js';
import { ShareBar, ShareText } from './shares.js';
import '../table.css';

/** How often the goal was had by those whose vital is good, in need of improvement, and poor. */
export function ImpactRatings({ impact }: { readonly impact: ImpactResponse }): ReactElement {
  const { ratings } = impact;
  const most = Math.max(...ratings.map(({ share }) => share ?? 0), Number.MIN_VALUE);
  return (
    <ScrollRegion label="By rating, table">
      <table>
        <thead>
          <tr>
            <th scope="col">Rating</th>
            <th scope="col">Sessions</th>
            <th scope="col">With the goal</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {ratings.map(({ rating, ...figure }) => (
            <tr key={rating}>
              <th scope="row">
                <RatingMark rating={rating} />
              </th>
              <td>{formatCount(figure.whole)}</td>
              <td>{formatCount(figure.part)}</td>
              <td>
                <ShareText figure={figure} />
                <ShareBar share={(figure.share ?? 0) / most} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
