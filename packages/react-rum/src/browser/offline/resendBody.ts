import { LONGEST_RETRY_AFTER_MS, TIMEOUT_MS } from '../limits.js';
import type { Answer } from '../transport/answer.js';
import { gzip } from '../transport/gzip.js';
import type { Body } from './bodyStore.js';

/** What came back for a body. */
export interface Resent extends Answer {
  /** 0: no answer came. */
  readonly status: number;
  /** Pause that the collector asked for, in ms; 0 or less: none. */
  readonly retryAfter: number;
}

/**
 * Sends a body that was kept. Never rejects.
 *
 * @param sentAt Now, epoch ms: the collector tells by it how wrong the browser's clock is.
 */
export async function resendBody(
  fetch: typeof globalThis.fetch,
  { url, text }: Body,
  sentAt: number,
): Promise<Resent> {
  let status = 0;
  let retryAfter = 0;
  let answer: object = {};
  try {
    const fresh = JSON.stringify({ ...JSON.parse(text), sentAt });
    const compressed = await gzip(fresh);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(compressed && { 'content-encoding': 'gzip' }) },
      body: compressed ?? fresh,
      signal: AbortSignal.timeout?.(TIMEOUT_MS),
    });
    status = response.status;
    const wait = response.headers.get('retry-after') ?? '';
    // Seconds or an HTTP date.
    retryAfter = Math.min(+wait * 1000 || Date.parse(wait) - sentAt || 0, LONGEST_RETRY_AFTER_MS);
    answer = await response.json();
  } catch {
    // Offline, aborted or blocked: whether it arrived is unknown. Or the answer is no JSON: its status decides.
  }
  return { ...answer, status, retryAfter };
}
