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
  /**
   * What happens to automated browsers and crawlers. `apart` (default): stored under an app of their own, `{app}~bots`, and
   * so counted nowhere but in the admin's view of them. `counted`: as any visitor, which is what end-to-end tests need;
   * they may say so in the environment, `RUM_BOTS=counted`.
   */
  readonly bots?: 'apart' | 'counted';
  /** How many different labels an app may bring a day; what comes later is stored as `(other)`. */
  readonly labels?: Partial<LabelLimits>;
  /** Who may open the admin. When absent, nobody in production, everybody in development. */
  readonly authorize?: Authorize | SignInAuthorize;
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
  readonly bots: 'apart' | 'counted';
  readonly labels: LabelLimits;
  readonly authorize: Authorize | SignInAuthorize | null;
}
