import type { ActionRow } from '../../analysis/actions/actionsOf.js';
import type { ActionsResponse } from '../api.js';
import { readChoice } from '../question.js';
import { type DataRoute, readBoth, resolve } from './dataRoute.js';
import { toBefore } from './durationBefore.js';
import { table } from './table.js';

export const ACTION_TABLES = ['actions', 'frustrations'] as const;

const MAX_ROWS = 300;

/** What visitors did, and what of it was frustrating. */
export const actions: DataRoute = async (asked) => {
  const { parameters, store } = asked;
  const wanted = readChoice(parameters, 'table', ACTION_TABLES, 'actions');
  const resolved = resolve(asked);
  const [found, before] = await readBoth(resolved, (span) => store.actions(span));
  const earlier = new Map(before?.rows.map((row) => [keyOf(row), row]));
  const body: ActionsResponse = {
    range: resolved.range,
    ...found,
    rows: found.rows
      .slice(0, MAX_ROWS)
      .map((row) => ({ ...row, compared: toBefore(earlier.get(keyOf(row))) })),
    frustrations: found.frustrations.slice(0, MAX_ROWS),
    truncated: found.rows.length > MAX_ROWS || found.frustrations.length > MAX_ROWS,
  };
  return wanted === 'actions'
    ? table(parameters, 'actions', body, body.rows)
    : table(parameters, 'frustrations', body, body.frustrations);
};

function keyOf({ name, kind, target, route }: ActionRow): string {
  return JSON.stringify([name, kind, target, route]);
}
