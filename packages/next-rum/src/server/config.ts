/** Who asks, and for what. Given to {@link Authorize}. */
export interface AuthorizeContext {
  readonly headers: Headers;
  /** `view`: look at the admin or its data. */
  readonly action: 'view';
}

/** Decides who may open the admin. Called in the page and again in every data route. */
export type Authorize = (context: AuthorizeContext) => boolean | Promise<boolean>;

/** An {@link Authorize} with a sign-in form of its own, such as the bundled password sign-in. */
export interface SignInAuthorize extends Authorize {
  /** What the form asks for. */
  readonly kind: 'password';
  /**
   * Checks the secret. `cookie` is a whole Set-Cookie value.
   *
   * @param client Address of the client, for throttling; empty when unknown.
   */
  signIn(request: Request, secret: string, client: string): Promise<SignInResult>;
  /** Set-Cookie value that ends the session. */
  signOut(request: Request): string;
}

export type SignInResult =
  | { readonly ok: true; readonly cookie: string }
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
  /** How many proxies in front of the app append to X-Forwarded-For, 0–10, default 0. */
  readonly trustedProxyHops?: number;
  /** Who may open the admin. When absent, nobody in production, everybody in development. */
  readonly authorize?: Authorize | SignInAuthorize;
  /** How many days rows are kept. What is older is deleted by itself. */
  readonly retention?: Partial<RetentionDays>;
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

/** {@link RumOptions} checked and with every default filled in. */
export interface RumConfig {
  readonly app: string;
  readonly database: string;
  readonly endpoint: string;
  readonly privacy: 'strict' | 'consent';
  readonly allowedOrigins: readonly string[];
  readonly trustedProxyHops: number;
  readonly authorize: Authorize | SignInAuthorize | null;
  readonly retention: RetentionDays;
}
