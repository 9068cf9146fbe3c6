import { cleanText } from './cleanText.js';
import type { Authorize, Role, RumConfig, SignInAuthorize } from './config.js';
import { createLog, type Log, reasonOf } from './log.js';

/** Who came in. */
export interface Viewer {
  readonly role: Role;
  /** As the app's `authorize` names them; empty where it does not. */
  readonly name: string;
}

/**
 * Whether the admin opens, and for whom: `sign-in` where a form would help, `not-configured` where an operator has to do what
 * `message` says.
 */
export type GateVerdict =
  | { readonly kind: 'open'; readonly viewer: Viewer }
  | { readonly kind: 'sign-in' | 'forbidden' }
  | { readonly kind: 'not-configured'; readonly message: string };

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
    return environment === 'development' || environment === 'test'
      ? { kind: 'open', viewer: { role: 'admin', name: '' } }
      : { kind: 'not-configured', message: AUTHORIZE_MISSING };
  }
  try {
    const viewer = viewerOf(await authorize({ headers, action: 'view' }));
    if (viewer !== null) return { kind: 'open', viewer };
  } catch (error) {
    log('authorize_failed', { reason: reasonOf(error) });
    return { kind: 'forbidden' };
  }
  if (!hasSignIn(authorize)) return { kind: 'forbidden' };
  const { problem } = authorize;
  return problem === undefined ? { kind: 'sign-in' } : { kind: 'not-configured', message: problem };
}

const MAX_NAME = 200;

/** Null for every answer that is none of those that let in: an app in JavaScript may give anything. */
function viewerOf(answer: unknown): Viewer | null {
  if (answer === true) return { role: 'admin', name: '' };
  if (answer === 'admin' || answer === 'viewer') return { role: answer, name: '' };
  if (typeof answer !== 'object' || answer === null || !('role' in answer)) return null;
  const { role } = answer;
  if (role !== 'admin' && role !== 'viewer') return null;
  const name = 'name' in answer && typeof answer.name === 'string' ? answer.name : '';
  return { role, name: cleanText(name, MAX_NAME) };
}

const consoleLog = createLog((line) => console.error(line), Date.now);

/** True for an authorize that brings a sign-in form. */
export function hasSignIn(authorize: Authorize | SignInAuthorize | null): authorize is SignInAuthorize {
  return authorize !== null && 'kind' in authorize && authorize.kind === 'password';
}
