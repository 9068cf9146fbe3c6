import { MAX_SESSION_VIEWS, SESSION_TROUBLES, type SessionsResponse } from '../api.js';
import { InvalidParameter } from '../question.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { table } from './table.js';

const MAX_SESSIONS = 100;

/** The latest sessions. */
export const sessions: DataRoute = async (asked) => {
  const { parameters, store, config } = asked;
  const { range, views } = resolve(asked);
  const troubles = readTroubles(parameters.getAll('with'));
  const needs = {
    errors: troubles.has('errors'),
    frustrations: troubles.has('frustrations'),
    slow: troubles.has('slow'),
    views: readViews(parameters.get('views')),
  };
  const list = await store.sessions(views, needs, MAX_SESSIONS);
  const shown =
    config.privacy === 'consent'
      ? list.sessions
      : list.sessions.map((session) => ({ ...session, userId: null }));
  const body: SessionsResponse = { range, ...list, sessions: shown };
  return table(parameters, 'sessions', body, shown);
};

/** @throws {InvalidParameter} */
function readTroubles(given: readonly string[]): ReadonlySet<string> {
  if (given.some((name) => !SESSION_TROUBLES.some((known) => known === name))) {
    throw new InvalidParameter('with', `with must be one of ${SESSION_TROUBLES.join(', ')}`);
  }
  return new Set(given);
}

/** @throws {InvalidParameter} */
function readViews(text: string | null): number {
  const views = Number(text ?? 1);
  if (!/^\d{1,3}$/.test(text ?? '1') || views < 1 || views > MAX_SESSION_VIEWS) {
    throw new InvalidParameter('views', `views must be a whole number from 1 to ${MAX_SESSION_VIEWS}`);
  }
  return views;
}
