import type { ReactElement } from 'react';
import type { ShareFigure } from '../../server/api.js';
import { formatCount, NO_VALUE } from '../format.js';

/** A share of 0–1 as percent: `12.3 %`; whole ones where there are too few to tell more. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  return `${percent === Math.round(percent) ? percent : percent.toFixed(1)} %`;
}

/** Both ends of an interval of shares: `9.8–15.1 %`. */
export function formatPercents([low, high]: readonly [number, number]): string {
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`;
}

/** A difference of shares: `−2.1 points`. */
export function formatPoints(difference: number): string {
  const points = Math.abs(difference * 100).toFixed(1);
  const sign = points === '0.0' ? '±' : difference < 0 ? '−' : '+';
  return `${sign}${points} points`;
}

/** Both ends of an interval of a difference: `−0.4 to +2.1 points`. */
export function formatPointsInterval([low, high]: readonly [number, number]): string {
  return `${formatPoints(low).replace(' points', '')} to ${formatPoints(high)}`;
}

/** A share with its interval under it, and of how many where that is not plain. */
export function ShareText({
  figure,
  withCount = false,
}: {
  readonly figure: ShareFigure | null;
  readonly withCount?: boolean;
}): ReactElement {
  if (figure === null || figure.share === null || figure.interval === null)
    return <span className="rum-muted">{NO_VALUE}</span>;
  const { share, interval, part, whole } = figure;
  return (
    <span className="rum-cell">
      <span>{formatPercent(share)}</span>
      <small title="95 % confidence interval">
        {formatPercents(interval)}
        {withCount ? ` · ${formatCount(part)} of ${formatCount(whole)}` : ''}
      </small>
    </span>
  );
}

/** A share as a bar. Whoever uses it gives the number beside it. */
export function ShareBar({ share }: { readonly share: number }): ReactElement {
  return (
    <svg className="rum-share-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="rum-bar-track" width="100" height="10" />
      <rect className="rum-share-part" width={Math.max(share * 100, share > 0 ? 0.5 : 0)} height="10" />
    </svg>
  );
}
