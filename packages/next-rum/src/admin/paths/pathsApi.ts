import { ADMIN_PATHS, type SessionResponse, type SessionsResponse } from '../../server/api.js';
import { type Question, writeQuestion } from '../../server/question.js';
import type { PathState } from './pathState.js';

type SessionChoice = Pick<PathState, 'troubles' | 'leastViews'>;

/** What the admin asks about visits. Every method rejects with `ApiFailure`. */
export interface PathsApi {
  sessions(question: Question, choice: SessionChoice, signal: AbortSignal): Promise<SessionsResponse>;
  session(question: Question, id: string, signal: AbortSignal): Promise<SessionResponse>;
  /** Where listed sessions are found as a file to keep. */
  sessionsFile(question: Question, choice: SessionChoice, format: 'csv' | 'ndjson'): string;
}

/**
 * @param get Asks for an answer below the endpoint.
 * @param address Where a path below the endpoint is found.
 */
export function createPathsApi(
  get: <T>(path: string, signal: AbortSignal, search?: string) => Promise<T>,
  address: (path: string) => string,
): PathsApi {
  return {
    sessions: (question, choice, signal) =>
      get(ADMIN_PATHS.sessions, signal, search(question, ofSessions(choice))),
    session: ({ audience }, id, signal) =>
      get(ADMIN_PATHS.session, signal, `?${new URLSearchParams({ id, audience })}`),
    sessionsFile: (question, choice, format) =>
      `${address(ADMIN_PATHS.sessions)}${search(question, [...ofSessions(choice), ['format', format]])}`,
  };
}

type Parameters = readonly (readonly [name: string, value: string])[];

function ofSessions({ troubles, leastViews }: SessionChoice): Parameters {
  return [
    ...troubles.map((trouble) => ['with', trouble] as const),
    ...(leastViews > 1 ? [['views', String(leastViews)] as const] : []),
  ];
}

function search(question: Question, more: Parameters): string {
  const parameters = new URLSearchParams(more.map(([name, value]) => [name, value]));
  writeQuestion(question, parameters);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
