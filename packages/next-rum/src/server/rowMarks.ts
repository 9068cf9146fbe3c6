import type { EventRow, ViewRow } from '../store/rows.js';
import type { RowMarks } from './meter.js';

/** Counts the rows that something is said about. */
export function marksOf(rows: {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
}): RowMarks {
  let clockCorrected = 0;
  let clockClamped = 0;
  for (const list of [rows.views, rows.events]) {
    for (const { clock } of list) {
      if (clock === 'corrected') clockCorrected += 1;
      if (clock === 'clamped') clockClamped += 1;
    }
  }
  return { clockCorrected, clockClamped, bot: 0, otherLabel: 0 };
}
