import type { Authorize, RumConfig, SignInAuthorize } from './config.js';
import { createLog, type Log, reasonOf } from './log.js';

/**
 * Whether the admin opens: `sign-in` where a form would help, `not-configured` where {@link AUTHORIZE_MISSING} does.
 */
export type GateVerdict = 'open' | 'sign-in' | 'forbidden' | 'not-configured';

/** What an operator is told who has not said who may open the admin. */
export const AUTHORIZE_MISSING =
  'RUM: authorize is missing — the admin refuses every request in production until defineRum({ authorize }) is set';

/**
 * Decides whether a request may see the admin or its data. Asked by the page and again by every data route.
 *
 * Without `authorize` only `development` and `test` are open, so that an environment nobody thought of is closed.
 *
 * @param environment The value of `NODE_ENV`.
 */
export async function gate(
  config: Pick<RumConfig, 'authorize'>,
  headers: Headers,
  environment: string | undefined,
  log: Log = consoleLog,
): Promise<GateVerdict> {
  const { authorize } = config;
  if (authorize === null) {
    return environment === 'development' || environment === 'test' ? 'open' : 'not-configured';
  }
  try {
    if ((await authorize({ headers, action: 'view' })) === true) return 'open';
  } catch (error) {
    log('authorize_failed', { reason: reasonOf(error) });
    return 'forbidden';
  }
  return hasSignIn(authorize) ? 'sign-in' : 'forbidden';
}

const consoleLog = createLog((line) => console.error(line), Date.now);

/** True for an authorize that brings a sign-in form. */
export function hasSignIn(authorize: Authorize | SignInAuthorize | null): authorize is SignInAuthorize {
  return authorize !== null && 'kind' in authorize && authorize.kind === 'password';
}
