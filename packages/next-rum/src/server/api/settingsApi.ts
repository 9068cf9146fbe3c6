import type { RetentionDays, RumConfig } from '../config.js';

/** `POST {endpoint}/admin/settings` */
export interface SettingsChange extends IgnoredRules {
  /** Revision that was seen. */
  readonly replaces: number;
}

/** Whose batches, and which pages, are left out. */
export interface IgnoredRules {
  /** Single ones, or networks such as `203.0.113.0/24`. */
  readonly addresses: readonly string[];
  /** A `*` at the end stands for anything. */
  readonly paths: readonly string[];
}

/** `GET {endpoint}/admin/settings`: what is in force. Holds no secret. */
export interface SettingsResponse
  extends Pick<
    RumConfig,
    'app' | 'endpoint' | 'privacy' | 'bots' | 'allowedOrigins' | 'trustedProxyHops' | 'labels'
  > {
  readonly database: 'sqlite' | 'postgresql';
  readonly retention: RetentionDays;
  readonly countryDatabase: boolean;
  readonly keys: readonly {
    readonly name: string;
    /** Null: the batch may say. */
    readonly app: string | null;
    /** ISO date; null where the definition does not say. */
    readonly since: string | null;
  }[];
  readonly rateLimit: {
    readonly perKey: number;
    readonly perAddress: number;
    readonly store: 'memory' | 'database' | 'redis';
  } | null;
  /** `own`: the app's. `none`: there is no authorize. */
  readonly signIn: 'password' | 'own' | 'none';
  readonly ignored: IgnoredRules & {
    /** 0 where nothing was set. */
    readonly revision: number;
    readonly savedAt: number | null;
  };
}
