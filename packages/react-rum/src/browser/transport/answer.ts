import type { BatchError, BatchReceipt } from '../../protocol/index.js';

/** What came back for a batch: status, and what the collector's JSON says. */
export interface Answer extends Partial<BatchReceipt & BatchError> {
  /** 0: none came. */
  readonly status: number;
  /** Pause that the collector asked for, in ms; 0 or less: none. */
  readonly retryAfter: number;
}

/** Whether a batch needs no more sending: it is committed, or refused for good. */
export function isSettled({ status }: Answer): boolean {
  // Only 202 says "committed"; another 2xx comes from something that is no collector, such as a sign-in page.
  return /^(202|4(?!08|29))/.test(`${status}`);
}
