import { createHash } from 'node:crypto';
import { type RollupRow, VIEW_DIMENSIONS } from './cells.js';

/** Stands before a digest and in no number. */
const MARK = '.';
const DIGITS = 16;

/** How much of a sketch's end {@link digestIn} wants, in characters. */
export const DIGEST_LENGTH: number = MARK.length + DIGITS;

/**
 * Puts a digest of all that a bucket counts of views at the end of the sketch of `all`. Whoever remembers what was read of a
 * bucket learns from it whether the bucket still holds that, which its counts alone cannot tell: a view that moved from one
 * route to another changes none of them.
 *
 * @param visits Of minutes also who was seen when, which no row holds.
 */
export function withDigest(rows: readonly RollupRow[], visits: readonly string[] = []): RollupRow[] {
  const ofViews = rows.filter(({ dimension }) => VIEW_DIMENSIONS.some((name) => name === dimension));
  const texts = ofViews.map(({ dimension, value, n, sketch }) =>
    JSON.stringify([dimension, value, n, sketch]),
  );
  const hash = createHash('sha256').update(JSON.stringify([texts.sort(), visits.toSorted()]));
  const digest = hash.digest('base64url').slice(0, DIGITS);
  return rows.map((row) =>
    row.dimension === 'all' ? { ...row, sketch: `${row.sketch ?? ''}${MARK}${digest}` } : row,
  );
}

/** The digest at the end of a sketch; null in rows of a time when there were none. */
export function digestIn(end: string | null): string | null {
  return end?.at(-DIGEST_LENGTH) === MARK ? end.slice(-DIGITS) : null;
}
