import type { SessionResponse } from '../api.js';
import { InvalidParameter } from '../question.js';
import { apiError, json } from '../respond.js';
import { type DataRoute, resolve } from './dataRoute.js';

/** One session in full. */
export const session: DataRoute = async (asked) => {
  const { store, config, parameters } = asked;
  const { views } = resolve(asked);
  const id = readId(parameters);
  const found = await store.session(views.app, id);
  if (found === null) {
    const message = `there is no view ${id}; single views are kept for ${config.retention.raw} days`;
    return apiError(404, { error: 'not_found', message });
  }
  const { privacy } = config;
  const identity = privacy === 'consent' ? {} : { userId: null, userTraits: null };
  const body: SessionResponse = { ...found, ...identity, privacy, keptDays: config.retention.raw };
  return json(200, body);
};

/** @throws {InvalidParameter} */
function readId(parameters: URLSearchParams): string {
  const id = parameters.get('id') ?? '';
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw new InvalidParameter('id', 'id must be that of a view, as sessions have it');
  }
  return id;
}
