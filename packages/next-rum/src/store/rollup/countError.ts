import { type Cells, cellOf } from './cells.js';
import { addSeen } from './seen.js';

/** What of an error event is counted. */
export interface CountedError {
  readonly fingerprint: string;
  /** Epoch ms. */
  readonly occurredAt: number;
  /** How many alike it stands for. */
  readonly count: number;
}

/** Adds an error to what is known of a bucket. */
export function countError(cells: Cells, { fingerprint, occurredAt, count }: CountedError): void {
  const cell = cellOf(cells, 'error', fingerprint);
  cell.n += count;
  if (cell.seen !== null) addSeen(cell.seen, { first: occurredAt, last: occurredAt });
}
