import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Authorize, Role, SignInAuthorize } from './config.js';
import { createThrottle } from './throttle.js';

export interface PasswordSignInOptions {
  /** At least 8 characters; from the environment, never in the code. */
  readonly password: string | undefined;
  /**
   * A second password, for those who may see everything and change nothing; at least 8 characters, and another one. Default the
   * environment variable `RUM_VIEWER_PASSWORD`; without it, everybody signs in as an admin.
   */
  readonly viewerPassword?: string | undefined;
  /** How long a sign-in lasts, in hours; default 12. */
  readonly sessionHours?: number;
  /** Epoch milliseconds; default the system's clock. */
  readonly now?: () => number;
}

const COOKIE = 'rum_session';
const MIN_LENGTH = 8;

/**
 * Guards the admin with one password, or with one for each role, for teams without a sign-in of their own to connect.
 *
 * The session is a signed cookie (HttpOnly, SameSite=Strict, Secure over https) with its expiry inside; nothing is stored
 * on the server. Its key comes from the password, so every process accepts it, changing the password ends every session that
 * it began, and the key that a session is signed with tells its role. Guessing is throttled per client and overall.
 *
 * Where the password is missing, a password is shorter than 8 characters, or both are the same, nobody can sign in: the console
 * and the admin's page say what to set. Visits are collected all the same.
 *
 * @throws Error when an option is of a wrong type.
 * @example
 * ```ts
 * import { defineRum, passwordSignIn } from '@rumkit/next-rum';
 *
 * export const rum = defineRum({
 *   authorize: passwordSignIn({
 *     password: process.env.RUM_ADMIN_PASSWORD,
 *     viewerPassword: process.env.RUM_VIEWER_PASSWORD, // may be left out
 *   }),
 * });
 * ```
 */
export function passwordSignIn(options: PasswordSignInOptions): SignInAuthorize {
  const { sessionHours = 12, now = Date.now } = options;
  if (!(typeof sessionHours === 'number' && sessionHours > 0 && sessionHours <= 24 * 365)) {
    throw new Error(
      'RUM: passwordSignIn({ sessionHours }) must be a number of hours above 0 and at most 8760',
    );
  }
  const problem = problemOf(options);
  if (problem !== null) return closedDoor(problem);
  const doors = openDoors(options);
  const comparisonKey = randomBytes(32);
  const digest = (text: string) => createHmac('sha256', comparisonKey).update(text).digest();
  const expected = doors.map(({ password }) => digest(password));
  const throttle = createThrottle(now);

  /** The role that a session is for; null for what is no session. */
  const roleOf = (token: string): Role | null => {
    const [, payload, expiry, signature] = /^((\d{1,15})\.[\w-]{22})\.([\w-]{43})$/.exec(token) ?? [];
    if (payload === undefined || signature === undefined || Number(expiry) <= now()) return null;
    const door = doors.find(({ key }) =>
      timingSafeEqual(Buffer.from(sign(key, payload)), Buffer.from(signature)),
    );
    return door?.role ?? null;
  };

  const form: Pick<SignInAuthorize, 'kind' | 'signIn' | 'signOut'> = {
    kind: 'password',
    signIn: async (request, secret, client) => {
      const wait = throttle.wait(client);
      if (wait > 0) return { ok: false, reason: 'throttled', retryAfter: Math.ceil(wait / 1000) };
      const given = digest(secret);
      // Digests have one length, and all are compared, so neither the time nor an exception tells anything of a password.
      const matches = expected.map((digestOfDoor) => timingSafeEqual(given, digestOfDoor));
      const door = doors[matches.indexOf(true)];
      if (door === undefined) {
        throttle.failed(client);
        return { ok: false, reason: 'wrong' };
      }
      throttle.succeeded(client);
      const lifetime = Math.floor(sessionHours * 3600);
      const payload = `${Math.floor(now()) + lifetime * 1000}.${randomBytes(16).toString('base64url')}`;
      return {
        ok: true,
        cookie: cookie(request, `${payload}.${sign(door.key, payload)}`, lifetime),
        role: door.role,
      };
    },
    signOut: (request) => cookie(request, '', 0),
  };
  const authorize: Authorize = ({ headers }) => {
    const roles = cookiesOf(headers, COOKIE).map(roleOf);
    return ROLES.find((role) => roles.includes(role)) ?? false;
  };
  return Object.assign(authorize, form);
}

/** What may do more comes first. */
const ROLES = ['admin', 'viewer'] as const satisfies readonly Role[];

/** A way in. */
interface Door {
  readonly role: Role;
  readonly password: string;
  /** Signs the sessions that it begins. */
  readonly key: Buffer;
}

function openDoors(options: PasswordSignInOptions): readonly Door[] {
  const [ofAdmin, ofViewer] = passwordsOf(options);
  // `next build` loads every route, often where no secret is known; nobody can sign in to a build.
  const admin = doorOf('admin', ofAdmin ?? randomBytes(32).toString('hex'));
  return ofViewer === null ? [admin] : [admin, doorOf('viewer', ofViewer)];
}

/** Of the admin and of viewers; null where there is none. @throws Error where one is no string. */
function passwordsOf({ password, viewerPassword }: PasswordSignInOptions) {
  const given = { password, viewerPassword: viewerPassword ?? process.env.RUM_VIEWER_PASSWORD };
  for (const [option, value] of Object.entries(given) as [string, unknown][]) {
    if (value === undefined || typeof value === 'string') continue;
    throw new Error(`RUM: passwordSignIn({ ${option} }) must be a string, but is a ${typeof value}`);
  }
  return [given.password || null, given.viewerPassword || null] as const;
}

/** Why nobody could sign in, and what an operator has to set; null where somebody can. */
function problemOf(options: PasswordSignInOptions): string | null {
  const [ofAdmin, ofViewer] = passwordsOf(options);
  if (ofAdmin === null) {
    return process.env.NEXT_PHASE === 'phase-production-build'
      ? null
      : `RUM: passwordSignIn({ password }) is missing — set the environment variable RUM_ADMIN_PASSWORD to at least ${MIN_LENGTH} characters`;
  }
  const short = (option: string, variable: string): string =>
    `RUM: passwordSignIn({ ${option} }) is too short — give ${variable} at least ${MIN_LENGTH} characters`;
  if (ofAdmin.length < MIN_LENGTH) return short('password', 'RUM_ADMIN_PASSWORD');
  if (ofViewer === null) return null;
  if (ofViewer.length < MIN_LENGTH) return short('viewerPassword', 'RUM_VIEWER_PASSWORD');
  return ofViewer === ofAdmin
    ? 'RUM: passwordSignIn({ viewerPassword }) is the password itself — give RUM_VIEWER_PASSWORD another one, or none'
    : null;
}

/** Lets nobody in, and says why: an admin that is shut is no reason to lose visits. */
function closedDoor(problem: string): SignInAuthorize {
  console.error(problem);
  const authorize: Authorize = () => false;
  const form: Omit<SignInAuthorize, keyof Authorize> = {
    kind: 'password',
    problem,
    signIn: async () => ({ ok: false, reason: 'wrong' }),
    signOut: (request) => cookie(request, '', 0),
  };
  return Object.assign(authorize, form);
}

function doorOf(role: Role, password: string): Door {
  // Slow on purpose: whoever gets hold of a cookie should not find the password by trying.
  return { role, password, key: scryptSync(password, `rum ${role} session v1`, 32) };
}

function sign(key: Buffer, payload: string): string {
  return createHmac('sha256', key).update(payload).digest('base64url');
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
