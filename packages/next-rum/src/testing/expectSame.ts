import { expect } from 'vitest';
import { HISTOGRAM_ERROR } from '../analysis/logHistogram.js';
import type { VitalSummary } from '../store/store.js';
import type { summariesOf } from './countByHand.js';

type Summaries = ReturnType<typeof summariesOf>;

/** Counts are the same, percentiles differ by 1 % at most. */
export function expectSame(answer: Summaries, expected: Summaries): void {
  for (const [name, { p75, ...counts }] of Object.entries<VitalSummary>(expected)) {
    const { p75: given, ...givenCounts } = answer[name as keyof Summaries];
    expect({ name, ...givenCounts }).toEqual({ name, ...counts });
    if (p75 === null) expect(given).toBeNull();
    else expect(Math.abs((given ?? Number.NaN) - p75)).toBeLessThanOrEqual(HISTOGRAM_ERROR * p75);
  }
}
