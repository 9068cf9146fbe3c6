import type { AlertOptions } from './alerts/notifier.js';
import type { ReportOptions } from './report/report.js';

/** Who asks, and for what. Given to {@link Authorize}. */
export interface AuthorizeContext {
  readonly headers: Headers;
  /** `view`: look at the admin or its data. */
  readonly action: 'view';
}

/** What somebody may do in the admin. `viewer`: see everything. `admin`: also change what is kept there. */
export type Role = 'viewer' | 'admin';

/** Who somebody is, where the app can tell. */
export interface Admitted {
  readonly role: Role;
  /** Such as an e-mail address, for the list of changes; its first 200 characters are kept. Default: nothing. */
  readonly name?: string;
}

/**
 * Decides who may open the admin. Called in the page and again in every data route. `true` lets in as an admin, `false`
 * nobody; a role, alone or with a name, lets in as that.
 */
export type Authorize = (
  context: AuthorizeContext,
) => boolean | Role | Admitted | Promise<boolean | Role | Admitted>;

/** An {@link Authorize} with a sign-in form of its own, such as the bundled password sign-in. */
export interface SignInAuthorize extends Authorize {
  /** What the form asks for. */
  readonly kind: 'password';
  /** Why nobody can sign in, as an operator is told; absent where somebody can. */
  readonly problem?: string;
  /**
   * Checks the secret. `cookie` is a whole Set-Cookie value.
   *
   * @param client Address of the client (of IPv6: its /64), for throttling; empty when unknown.
   */
  signIn(request: Request, secret: string, client: string): Promise<SignInResult>;
  /** Set-Cookie value that ends the session. */
  signOut(request: Request): string;
}

export type SignInResult =
  | {
      readonly ok: true;
      readonly cookie: string /** What the session is good for; default admin. */;
      readonly role?: Role;
    }
  | { readonly ok: false; readonly reason: 'wrong' }
  | { readonly ok: false; readonly reason: 'throttled' /** seconds */; readonly retryAfter: number };

/** Application id of those that give none, in the browser as on the server. */
export const DEFAULT_APP = 'default';

/** What `defineRum` takes. Everything has a default that is safe in production. */
export interface RumOptions {
  /** Application id when several apps share a database. Letters, digits, `.`, `_`, `-`; default `default`. */
  readonly app?: string;
  /** `file:./rum.db` (default, embedded SQLite) or `postgresql://user:password@host/database`. */
  readonly database?: string;
  /** Path where the collector route is mounted, default `/api/rum`. */
  readonly endpoint?: string;
  /**
   * `strict` (default): nothing stored in the browser, no user id; visitors are told apart by a hash whose salt is
   * thrown away. `consent`: the agent's session id is used.
   */
  readonly privacy?: 'strict' | 'consent';
  /** Origins other than the app's own that may post, such as `https://shop.example`. Default none: no CORS headers at all. */
  readonly allowedOrigins?: readonly string[];
  /**
   * How many proxies in front of the app append to X-Forwarded-For, 0–10. Default 0: the client is who connects, or, where that is
   * this machine or its network, whom the proxy there names. Behind a CDN that connects to Node.js from the internet it is 1.
   */
  readonly trustedProxyHops?: number;
  /**
   * Path of a MaxMind country or city database (`.mmdb`), such as GeoLite2 or DB-IP Lite, for hosts whose platform does not tell
   * the country. Looked up in memory, by the address that `trustedProxyHops` finds; nothing leaves the server.
   */
  readonly countryDatabase?: string;
  /**
   * Keys that a batch must bring one of, in the header `x-rum-key` or as `?key=`. Default none: everyone may post. To rotate,
   * list the new one beside the old one until every page sends the new one.
   */
  readonly keys?: readonly WriteKey[];
  /**
   * Batches a minute. Default 300,000 per key and 1,200 per address of the internet, counted in memory; `false` for none. Load tests may say
   * `RUM_RATE_LIMIT=off` in the environment, or a number for both.
   */
  readonly rateLimit?: Partial<RateLimits> | false;
  /**
   * What happens to automated browsers and crawlers. `apart` (default): stored under an app of their own, `{app}~bots`, and so
   * counted nowhere but in the admin's view of them. `counted`: as any visitor, for tests that drive a browser. The environment
   * may say it instead, `RUM_BOTS=counted`.
   */
  readonly bots?: 'apart' | 'counted';
  /** How many different labels an app may bring a day; what comes later is stored as `(other)`. */
  readonly labels?: Partial<LabelLimits>;
  /** Who may open the admin. When absent, nobody in production, everybody in development. */
  readonly authorize?: Authorize | SignInAuthorize;
  /** How many days rows are kept. What is older is deleted by itself. */
  readonly retention?: Partial<RetentionDays>;
  /**
   * Whose clock the site lives by, an IANA name such as `Europe/Berlin`; default `UTC`. What is usual at an hour of the day or the
   * week is learnt by it. Another one than before lets that begin anew.
   */
  readonly timeZone?: string;
  /** Who is told of what is unusual. Default: nobody; the admin shows it. */
  readonly alerts?: AlertOptions;
  /** Who gets a report of each week. Default: nobody. */
  readonly report?: ReportOptions;
}

/** Days; parts of one are fine. Rollups of hours stay at least as long as raw rows. */
export interface RetentionDays {
  /** Views and events one by one, default 30. */
  readonly raw: number;
  /** Counts of each minute, default 2. */
  readonly minutes: number;
  /** Counts of each hour, default 90. */
  readonly hours: number;
  /** Counts of each day, default 396: 13 months. */
  readonly days: number;
}

/** A key that pages write with. Everyone who opens such a page can read it: it tells senders apart, and keeps no secret. */
export interface WriteKey {
  /** 16 to 256 letters, digits, `.`, `_`, `-`. */
  readonly key: string;
  /** App that everything sent with this key belongs to, whatever the batch says. Default: the batch may say. */
  readonly app?: string;
  /** What the admin's settings call it, 1 to 80 characters; they never show the key. Default: its place in the list. */
  readonly name?: string;
  /** Day since when it is used, such as `2026-11-01`, for the settings to tell its age. */
  readonly since?: string;
}

export interface RateLimits {
  /** Batches a minute of one key, or of everyone where there are no keys. */
  readonly perKey: number;
  /** Batches a minute of one address (of IPv6: one /64), as far as `trustedProxyHops` makes it trustworthy. */
  readonly perAddress: number;
  /**
   * Where is counted. `memory`: each process by itself. `database`: all instances together, at the price of a commit a
   * batch. `redis`: a client of the package `redis` or `ioredis`, connected, that all instances share.
   */
  readonly store: 'memory' | 'database' | { readonly redis: object };
}

/** Different labels of one app and UTC day, each 1–100,000. */
export interface LabelLimits {
  /** Default 1,000. */
  readonly routes: number;
  /** Default 100. */
  readonly releases: number;
  /** Names of events, by type of event. Default 1,000. */
  readonly names: number;
}

/** {@link RumOptions} checked and with every default filled in. */
export interface RumConfig {
  readonly app: string;
  readonly database: string;
  readonly endpoint: string;
  readonly privacy: 'strict' | 'consent';
  readonly allowedOrigins: readonly string[];
  readonly trustedProxyHops: number;
  readonly countryDatabase: string | null;
  readonly keys: readonly WriteKey[];
  readonly rateLimit: RateLimits | null;
  readonly bots: 'apart' | 'counted';
  readonly labels: LabelLimits;
  readonly authorize: Authorize | SignInAuthorize | null;
  readonly retention: RetentionDays;
  readonly timeZone: string;
  readonly alerts: AlertOptions | null;
  readonly report: ReportOptions | null;
}
