import type { RetentionResponse } from '../api.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { shareOf } from './pathParameters.js';
import { latestColumns } from './sampleColumns.js';
import { table } from './table.js';

/** Which users came again in later weeks. */
export const retention: DataRoute = async (asked) => {
  const { parameters, store, config } = asked;
  const { range, views } = resolve(asked);
  const { privacy } = config;
  // A pseudonym of one day says nothing of another, so there is nothing to read.
  const found =
    privacy === 'consent' ? await store.retention(views) : { cohorts: [], since: range.from, complete: true };
  const cohorts = found.cohorts.map(({ t, users, returned }) => ({
    t,
    users,
    returned: returned.map((part) => shareOf({ part, whole: users })),
  }));
  const body: RetentionResponse = { range, privacy, ...found, cohorts };
  const rows = found.cohorts.flatMap(({ t, users, returned }) =>
    returned.map((part, place) => ({ t, users, week: place + 1, returned: part })),
  );
  const columns = found.complete ? null : latestColumns(found.since);
  return table(parameters, 'retention', body, rows, columns);
};
