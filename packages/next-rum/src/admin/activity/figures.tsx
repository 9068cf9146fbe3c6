import type { ReactElement } from 'react';
import type { Median } from '../../analysis/durations.js';
import { ChangeNote } from '../ChangeNote.js';
import { changeBetween, type Measured } from '../change.js';
import { formatBytes, formatCount, formatInterval, formatShare, formatVital, NO_VALUE } from '../format.js';

/** A duration as it is written everywhere here; all of them are ms, as LCP is. */
const MS = 'lcp';

export function formatDuration(ms: number | null): string {
  return formatVital(MS, ms);
}

/** A p75 with its interval below. */
export function P75({ p75, interval }: Measured): ReactElement {
  return <Percentile value={p75} interval={interval} />;
}

/** A percentile, ms, with its 95 % interval below. */
export function Percentile({
  value,
  interval,
}: {
  readonly value: number | null;
  readonly interval: Measured['interval'];
}): ReactElement {
  return (
    <span className="rum-cell">
      <span>{formatDuration(value)}</span>
      <small>{interval === null ? 'too few' : formatInterval(MS, interval)}</small>
    </span>
  );
}

interface WaitProps {
  /** ms; null where no browser told it. */
  readonly wait: Median | null;
  readonly download: Median | null;
}

/** The wait for the first byte, with the download below, and how sure both are to whoever points at them. */
export function Wait({ wait, download }: WaitProps): ReactElement {
  return (
    <span className="rum-cell">
      <span title={sureOf(wait)}>{formatDuration(wait?.median ?? null)}</span>
      <small title={sureOf(download)}>
        {download === null ? NO_VALUE : `then ${formatDuration(download.median)}`}
      </small>
    </span>
  );
}

function sureOf(median: Median | null): string | undefined {
  if (median === null) return undefined;
  return median.interval === null
    ? 'Too few for a 95 % confidence interval'
    : `95 % confidence interval ${formatInterval(MS, median.interval)}`;
}

/** How a p75 changed. */
export function P75Change({
  before,
  now,
}: {
  readonly before: Measured | undefined;
  readonly now: Measured;
}): ReactElement {
  return <ChangeNote metric={MS} change={changeBetween(before, now)} compact />;
}

interface ShareProps {
  readonly part: number;
  readonly whole: number;
  /** 95 % confidence interval, 0–1. */
  readonly interval?: readonly [low: number, high: number] | null;
}

/** A share with its interval below, or else the count that it comes from. */
export function Share({ part, whole, interval }: ShareProps): ReactElement {
  if (whole === 0) return <span className="rum-muted">{NO_VALUE}</span>;
  return (
    <span className="rum-cell">
      <span>{formatShare(part, whole)}</span>
      <small>
        {interval == null ? `${formatCount(part)} of ${formatCount(whole)}` : shareInterval(interval)}
      </small>
    </span>
  );
}

/** `2–5 %`, to a tenth where it is small. */
export function shareInterval([low, high]: readonly [low: number, high: number]): string {
  const digits = high < 0.1 ? 1 : 0;
  const [from, to] = [(low * 100).toFixed(digits), (high * 100).toFixed(digits)];
  return `${from}–${to} %`;
}

export function Bytes({ of, small }: { readonly of: number | null; readonly small: string }): ReactElement {
  return (
    <span className="rum-cell">
      <span>{formatBytes(of)}</span>
      <small>{small}</small>
    </span>
  );
}
