import type { BatchError, BatchReceipt, LossReason, RejectedItem } from '../../protocol/index.js';

/** What becomes of a batch that was answered. */
export type Verdict =
  | { readonly kind: 'done'; readonly rejected: readonly RejectedItem[] }
  | { readonly kind: 'drop'; readonly reason: LossReason }
  /** `after`: pause that the collector asked for, in ms. */
  | { readonly kind: 'retry'; readonly after: number };

/**
 * Reads the collector's answer. Only 202 says "committed"; any other 2xx comes from something that is no collector, such
 * as a sign-in page, and may pass.
 *
 * @param now Epoch ms, for a Retry-After that is a date.
 */
export async function readVerdict(response: Response, now: number): Promise<Verdict> {
  const { status } = response;
  if (status === 202) {
    const receipt = await readJson<BatchReceipt>(response);
    return { kind: 'done', rejected: Array.isArray(receipt.rejected) ? receipt.rejected : [] };
  }
  if (status < 400 || status >= 500 || status === 408 || status === 429) {
    return { kind: 'retry', after: parseRetryAfter(response.headers.get('retry-after'), now) };
  }
  const { error } = await readJson<BatchError>(response);
  if (error === 'unsupported_version') return { kind: 'drop', reason: error };
  return { kind: 'drop', reason: status === 413 ? 'too_large' : 'rejected' };
}

async function readJson<T extends object>(response: Response): Promise<Partial<T>> {
  try {
    return Object(await response.json()) as Partial<T>;
  } catch {
    // The status alone decides then.
    return {};
  }
}

/** Seconds or an HTTP date, as ms from now; 0 where it is neither. */
function parseRetryAfter(value: string | null, now: number): number {
  if (!value) return 0;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000;
  return Math.max(ms || 0, 0);
}
