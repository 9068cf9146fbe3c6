import { TIMING_KINDS, type TimingRow } from '../../analysis/timings/timingsOf.js';
import type { TimingsResponse } from '../api.js';
import { readChoice } from '../question.js';
import { type DataRoute, readBoth, resolve } from './dataRoute.js';
import { toBefore } from './durationBefore.js';
import { table } from './table.js';

const MAX_ROWS = 300;

/** How long renders, queries, and what the app measures take. */
export const timings: DataRoute = async (asked) => {
  const { parameters, store } = asked;
  const kind = readChoice(parameters, 'timing', ['all', ...TIMING_KINDS], 'all');
  const resolved = resolve(asked);
  const [found, before] = await readBoth(resolved, (span) =>
    store.timings(span, kind === 'all' ? null : kind),
  );
  const earlier = new Map(before?.rows.map((row) => [keyOf(row), row]));
  const body: TimingsResponse = {
    range: resolved.range,
    ...found,
    rows: found.rows
      .slice(0, MAX_ROWS)
      .map((row) => ({ ...row, compared: toBefore(earlier.get(keyOf(row))) })),
    truncated: found.rows.length > MAX_ROWS,
  };
  return table(parameters, 'timings', body, body.rows);
};

function keyOf({ kind, name, part, route }: TimingRow): string {
  return JSON.stringify([kind, name, part, route]);
}
