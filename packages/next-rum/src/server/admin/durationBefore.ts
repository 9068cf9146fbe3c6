import type { Durations } from '../../analysis/durations.js';
import type { DurationBefore } from '../api.js';

/** What a duration is set against; null where there was none. */
export function toBefore(row: { readonly duration: Durations } | undefined): DurationBefore | null {
  if (row === undefined) return null;
  const { p75, interval, n } = row.duration;
  return { p75, interval, n };
}
