import { bucketOf, GRAIN_MS } from '../../rollup/grains.js';
import type { SqlRunner } from '../client.js';
import type { Dialect } from '../dialect.js';
import { RAW_KINDS, type RawKind } from '../rawTables.js';
import type { IdSpan } from './idRanges.js';
import { readPartitions } from './partitions.js';

export interface NamedSpan extends IdSpan {
  readonly kind: RawKind;
}

/** ms that partitions are made ahead. */
const AHEAD = 3 * GRAIN_MS.day;
/** PostgreSQL plans each statement for all partitions, and locks them, so that many of them would cost more than they save. */
const MAX_PARTITIONS = 45;

/** Days of one partition, ms: one, unless rows are kept for so long that there would be many. */
export function partitionLength(keptFor: number): number {
  return GRAIN_MS.day * Math.max(1, Math.ceil(keptFor / (MAX_PARTITIONS * GRAIN_MS.day)));
}

/**
 * What should be there and is not: partitions of today and of the next days.
 *
 * @param length Of a new one, ms; whole days.
 */
export async function missingPartitions(
  runner: SqlRunner,
  dialect: Dialect,
  now: number,
  length: number = GRAIN_MS.day,
): Promise<readonly NamedSpan[]> {
  if (!dialect.hasPartitions) return [];
  const today = bucketOf(now, 'day');
  const missing: NamedSpan[] = [];
  for (const kind of RAW_KINDS) {
    const made = await readPartitions(runner, dialect, kind);
    for (const span of gapsOf({ begins: today, ends: today + AHEAD + GRAIN_MS.day }, made, length)) {
      missing.push({ kind, ...span });
    }
  }
  return missing;
}

/** What of a span is in none of the others, which are in order; in pieces that end at multiples of `length`, the last of them whole. */
export function gapsOf(
  { begins, ends }: IdSpan,
  others: readonly IdSpan[],
  length: number,
): readonly IdSpan[] {
  const gaps: IdSpan[] = [];
  for (let at = begins; at < ends; ) {
    const within = others.find((other) => other.begins <= at && other.ends > at);
    const next = others.find((other) => other.begins > at)?.begins ?? Number.POSITIVE_INFINITY;
    const end = within?.ends ?? Math.min(next, at - (at % length) + length);
    if (within === undefined) gaps.push({ begins: at, ends: end });
    at = end;
  }
  return gaps;
}
