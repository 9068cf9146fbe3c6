import type { BatchReceipt } from './types.js';

/** The header of an answer 202 that says what became of the batch. */
export const RECEIPT_HEADER = 'rum-receipt';

/** Writes the counts of a receipt as a structured field (RFC 9651, a dictionary of integers). */
export function writeReceipt({ accepted, duplicate, rejected, ignored = 0 }: BatchReceipt): string {
  const counts = `accepted=${accepted}, duplicate=${duplicate}, rejected=${rejected.length}`;
  return ignored > 0 ? `${counts}, ignored=${ignored}` : counts;
}

/**
 * Reads an answer 202.
 *
 * @param header Its {@link RECEIPT_HEADER}.
 * @param body Its text: empty unless something was refused.
 * @throws {TypeError} Where it is not a collector's.
 *
 * @example
 * ```ts
 * import { readReceipt } from '@rumkit/react-rum/protocol';
 *
 * readReceipt('accepted=20, duplicate=0, rejected=0', '');
 * // { accepted: 20, duplicate: 0, rejected: [] }
 * ```
 */
export function readReceipt(header: string | null, body: string): BatchReceipt {
  const counts = /^accepted=(\d+), duplicate=(\d+), rejected=(\d+)(?:, ignored=(\d+))?$/.exec(header ?? '');
  if (counts === null) throw new TypeError(`RUM: "${header}" is no receipt of a collector`);
  const rejected: BatchReceipt['rejected'] = body === '' ? [] : JSON.parse(body).rejected;
  if (rejected.length !== Number(counts[3])) {
    throw new TypeError(`RUM: of ${counts[3]} refused items the answer names ${rejected.length}`);
  }
  const [, accepted, duplicate, , ignored] = counts;
  return {
    accepted: Number(accepted),
    duplicate: Number(duplicate),
    rejected,
    ...(ignored !== undefined && { ignored: Number(ignored) }),
  };
}
