import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Authorize, SignInAuthorize } from './config.js';
import { createThrottle } from './throttle.js';

export interface PasswordSignInOptions {
  /** At least 8 characters; from the environment, never in the code. */
  readonly password: string | undefined;
  /** How long a sign-in lasts, in hours; default 12. */
  readonly sessionHours?: number;
  /** Epoch milliseconds; default the system's clock. */
  readonly now?: () => number;
}

const COOKIE = 'rum_session';
const MIN_LENGTH = 8;

/**
 * Guards the admin with one password, for teams without a sign-in of their own to connect.
 *
 * The session is a signed cookie (HttpOnly, SameSite=Strict, Secure over https) with its expiry inside; nothing is stored
 * on the server. Its key comes from the password, so every process accepts it and changing the password ends every session.
 * Guessing is throttled per client and overall.
 *
 * @throws Error when the password is missing or shorter than 8 characters.
 * @example
 * ```ts
 * import { defineRum, passwordSignIn } from '@rumkit/next-rum';
 *
 * export const rum = defineRum({
 *   authorize: passwordSignIn({ password: process.env.RUM_ADMIN_PASSWORD }),
 * });
 * ```
 */
export function passwordSignIn(options: PasswordSignInOptions): SignInAuthorize {
  const { sessionHours = 12, now = Date.now } = options;
  const password = checkPassword(options.password);
  if (!(typeof sessionHours === 'number' && sessionHours > 0 && sessionHours <= 24 * 365)) {
    throw new Error(
      'RUM: passwordSignIn({ sessionHours }) must be a number of hours above 0 and at most 8760',
    );
  }
  // Slow on purpose: whoever gets hold of a cookie should not find the password by trying.
  const key = scryptSync(password, 'rum admin session v1', 32);
  const comparisonKey = randomBytes(32);
  const digest = (text: string) => createHmac('sha256', comparisonKey).update(text).digest();
  const expected = digest(password);
  const throttle = createThrottle(now);

  const sign = (payload: string) => createHmac('sha256', key).update(payload).digest('base64url');
  const isValid = (token: string): boolean => {
    const [, payload, expiry, signature] = /^((\d{1,15})\.[\w-]{22})\.([\w-]{43})$/.exec(token) ?? [];
    if (payload === undefined || signature === undefined) return false;
    return timingSafeEqual(Buffer.from(sign(payload)), Buffer.from(signature)) && Number(expiry) > now();
  };

  const form: Pick<SignInAuthorize, 'kind' | 'signIn' | 'signOut'> = {
    kind: 'password',
    signIn: async (request, secret, client) => {
      const wait = throttle.wait(client);
      if (wait > 0) return { ok: false, reason: 'throttled', retryAfter: Math.ceil(wait / 1000) };
      // Digests have one length, so neither the time nor an exception tells anything about the password.
      if (!timingSafeEqual(digest(secret), expected)) {
        throttle.failed(client);
        return { ok: false, reason: 'wrong' };
      }
      throttle.succeeded(client);
      const lifetime = Math.floor(sessionHours * 3600);
      const payload = `${Math.floor(now()) + lifetime * 1000}.${randomBytes(16).toString('base64url')}`;
      return { ok: true, cookie: cookie(request, `${payload}.${sign(payload)}`, lifetime) };
    },
    signOut: (request) => cookie(request, '', 0),
  };
  const authorize: Authorize = ({ headers }) => cookiesOf(headers, COOKIE).some(isValid);
  return Object.assign(authorize, form);
}

function checkPassword(password: unknown): string {
  if (password === undefined || password === '') {
    // `next build` loads every route, often where no secret is known; nobody can sign in to a build.
    if (process.env.NEXT_PHASE === 'phase-production-build') return randomBytes(32).toString('hex');
    throw new Error(
      'RUM: passwordSignIn({ password }) is missing — set the environment variable RUM_ADMIN_PASSWORD to at least 8 characters',
    );
  }
  if (typeof password !== 'string') {
    throw new Error(`RUM: passwordSignIn({ password }) must be a string, but is a ${typeof password}`);
  }
  if (password.length < MIN_LENGTH) {
    throw new Error(
      `RUM: passwordSignIn({ password }) is too short — give RUM_ADMIN_PASSWORD at least ${MIN_LENGTH} characters`,
    );
  }
  return password;
}

function cookie(request: Request, value: string, maxAge: number): string {
  const attributes = `${COOKIE}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict`;
  return isHttps(request) ? `${attributes}; Secure` : attributes;
}

function isHttps(request: Request): boolean {
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',', 1)[0]?.trim();
  return (forwarded ?? new URL(request.url).protocol.slice(0, -1)) === 'https';
}

function cookiesOf(headers: Headers, name: string): readonly string[] {
  const prefix = `${name}=`;
  return (headers.get('cookie') ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix))
    .map((part) => part.slice(prefix.length));
}
