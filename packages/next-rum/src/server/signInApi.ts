import type { SignInResponse } from './api.js';
import { hasSignIn } from './authorize.js';
import { clientAddress } from './clientAddress.js';
import type { RumConfig } from './config.js';
import { connectionAddress } from './connectionAddress.js';
import { isForeign } from './origin.js';
import { networkOf } from './rateLimit.js';
import { readBody } from './readBody.js';
import { createReadingSlots } from './readingSlots.js';
import { apiError, json } from './respond.js';

const BODY_LIMITS = {
  wireBytes: 4096,
  inflatedBytes: 4096,
  mediaTypes: ['application/json'],
  timeoutMs: 10_000,
};
/** Anyone may try, and nobody needs more: an office behind one address signs in one after the other. */
const SLOT_LIMITS = { all: 100, perAddress: 10, many: 90 };

/** Makes the handler of `POST {endpoint}/admin/sign-in`, body `{"password": "…"}`. */
export function createSignIn(config: RumConfig): (request: Request) => Promise<Response> {
  const slots = createReadingSlots(SLOT_LIMITS);
  return async (request) => {
    const { authorize } = config;
    if (!hasSignIn(authorize)) return noSignIn();
    if (isForeign(request)) return foreign();
    const { problem } = authorize;
    if (problem !== undefined) return apiError(403, { error: 'forbidden', message: problem });
    const address = clientAddress(request.headers, config.trustedProxyHops, connectionAddress());
    const release = slots.take(address);
    if (release === null) return throttled('too many sign-ins at once', 1);
    const body = await readBody(request, BODY_LIMITS).finally(release);
    if (!body.ok) {
      return apiError(body.status, { error: 'invalid_parameter', message: body.message, parameter: 'body' });
    }
    const password = passwordOf(body.text);
    if (password === null) {
      return apiError(400, {
        error: 'invalid_parameter',
        message: 'the body must be {"password": "…"}',
        parameter: 'password',
      });
    }
    const result = await authorize.signIn(request, password, networkOf(address));
    if (result.ok) {
      const body: SignInResponse = { role: result.role ?? 'admin' };
      return json(200, body, { 'set-cookie': result.cookie });
    }
    return result.reason === 'wrong'
      ? apiError(401, { error: 'unauthorized', message: 'the password is wrong' })
      : throttled('too many attempts', result.retryAfter);
  };
}

/** Makes the handler of `POST {endpoint}/admin/sign-out`. */
export function createSignOut(config: RumConfig): (request: Request) => Promise<Response> {
  return async (request) => {
    const { authorize } = config;
    if (!hasSignIn(authorize)) return noSignIn();
    if (isForeign(request)) return foreign();
    return new Response(null, {
      status: 204,
      headers: { 'set-cookie': authorize.signOut(request), 'cache-control': 'no-store' },
    });
  };
}

function passwordOf(text: string): string | null {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    // Answered like any other body without a password.
    return null;
  }
  if (typeof input !== 'object' || input === null || !('password' in input)) return null;
  return typeof input.password === 'string' ? input.password : null;
}

/** @param retryAfter Seconds. */
function throttled(why: string, retryAfter: number): Response {
  return apiError(
    429,
    { error: 'throttled', message: `${why}; try again in ${retryAfter} s` },
    { 'retry-after': String(retryAfter) },
  );
}
function noSignIn(): Response {
  return apiError(404, { error: 'not_found', message: 'this admin has no sign-in form of its own' });
}
function foreign(): Response {
  return apiError(403, { error: 'forbidden', message: 'sign in and out from the admin page itself' });
}
