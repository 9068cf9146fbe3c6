import type { RiseCause } from '../detectors/explainRise.js';
import { CALL } from '../detectors/slowedRows.js';
import type { IncidentCause } from './watchedIncident.js';

const MOST_CAUSES = 3;

/**
 * The likeliest causes, as they are told.
 *
 * @param calls Keys of the requests that are named as the call, by what they are called.
 */
export function toCauses(
  causes: readonly RiseCause[],
  calls: ReadonlyMap<string, string>,
): readonly IncidentCause[] {
  return causes.slice(0, MOST_CAUSES).map(({ places, n, count, expected, power }) => {
    const request = calls.get(places[0]?.[CALL] ?? '');
    return { places, n, count, expected, share: power, ...(request !== undefined && { request }) };
  });
}
