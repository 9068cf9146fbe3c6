import type { ChangesResponse } from '../api.js';
import type { DataRoute } from './dataRoute.js';
import { table } from './table.js';

const MAX_CHANGES = 500;

/** Who changed what. */
export const changes: DataRoute = async ({ parameters, store, config }) => {
  const found = await store.changes(config.app, MAX_CHANGES + 1);
  const lines = found.slice(0, MAX_CHANGES).map(({ at, role, name, action, subject }) => ({
    at,
    role,
    name,
    action,
    subject,
  }));
  const body: ChangesResponse = { changes: lines, truncated: found.length > MAX_CHANGES };
  return table(parameters, 'changes', body, lines);
};
