import { OTHER } from '../store/filters.js';
import type { EventRow, ViewRow } from '../store/rows.js';
import type { RowMarks } from './meter.js';

/** Counts the rows that something is said about. */
export function marksOf(
  rows: { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] },
  isBot: boolean,
): RowMarks {
  const { views, events } = rows;
  let clockCorrected = 0;
  let clockClamped = 0;
  let otherLabel = 0;
  for (const { clock, route, release } of views) {
    if (clock === 'corrected') clockCorrected += 1;
    if (clock === 'clamped') clockClamped += 1;
    if (route === OTHER || release === OTHER) otherLabel += 1;
  }
  for (const { clock, route, name } of events) {
    if (clock === 'corrected') clockCorrected += 1;
    if (clock === 'clamped') clockClamped += 1;
    if (route === OTHER || name === OTHER) otherLabel += 1;
  }
  return { bot: isBot ? views.length + events.length : 0, clockCorrected, clockClamped, otherLabel };
}
