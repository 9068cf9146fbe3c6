import { GRAIN_MS } from '../rollup/grains.js';
import type { Span } from './rollup/rawSpans.js';
import { fractionOf } from './spread.js';

/** What is looked at row by row. */
export type Counted = 'views' | 'events' | 'errors' | 'passed';

/** Up to how many rows each of them is looked at, and about how many are where there are more. */
export interface Limits {
  readonly all: number;
  readonly some: number;
}

/**
 * Short spans that stand for a long one: of each hour, or of each step, the same share, and each time another part of it, so that
 * what repeats every hour or every day is neither missed nor met too often.
 *
 * @param step ms; what is counted in steps shorter than an hour has to be looked for in each of them.
 *
 * @example
 * ```ts
 * thinned({ begins: 0, ends: 3_600_000 }, 4, 3_600_000); // a quarter of an hour
 * ```
 */
export function thinned({ begins, ends }: Span, of: number, step: number): readonly Span[] {
  if (of === 1) return [{ begins, ends }];
  const length = Math.min(step, GRAIN_MS.hour);
  const spans: Span[] = [];
  for (let start = begins - (begins % length); start < ends; start += length) {
    const [first, end] = [Math.max(start, begins), Math.min(start + length, ends)];
    const share = (end - first) / of;
    const later = first + fractionOf(start / length) * (end - first - share);
    const span = { begins: Math.ceil(later), ends: Math.ceil(later + share) };
    if (span.begins < span.ends) spans.push(span);
  }
  return spans;
}
