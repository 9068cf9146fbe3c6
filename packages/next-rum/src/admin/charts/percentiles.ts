import type { Percentiles } from '../../server/api.js';

export type Percentile = keyof Percentiles;

/** The percentiles that a vital is told by, rising. */
export const PERCENTILES = ['p50', 'p75', 'p90', 'p95', 'p99'] as const;
