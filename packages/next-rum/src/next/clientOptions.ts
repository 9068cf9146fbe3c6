import type { RumAgentOptions } from '@rumkit/react-rum/agent';

/**
 * What the browser's agent is told, compiled into the client bundle as JSON: nothing here is secret, and nothing is a
 * function. Functions go to `configureRum()` of `@rumkit/react-rum/agent` in `instrumentation-client.ts`. Paths are written
 * as the app writes them, without `basePath`.
 *
 * Other defaults than the agent's own: `ignore` is `['/admin/rum', '/*\/admin/rum']` unless `apps` names that path, and `release` is the commit where Vercel, GitHub,
 * GitLab, Netlify or Cloudflare name it in the environment.
 */
export type RumClientOptions = Omit<RumAgentOptions, 'routes' | 'beforeSend' | 'onFrustration'>;

/** @throws TypeError when an option is wrong, naming the field, the type found and the mend. */
export function checkClientOptions(given: unknown): void {
  if (typeof given !== 'object' || given === null) {
    throw wrongOption('', given, 'an object such as { endpoint: "/api/rum" }');
  }
  for (const [field, value] of Object.entries(given)) {
    if (isHook(field)) {
      throw new TypeError(
        `RUM: withRum cannot take "${field}": its options are compiled into the client bundle as JSON, and a function is none — give it to configureRum({ ${field} }) of @rumkit/react-rum/agent in instrumentation-client.ts`,
      );
    }
    if (!Object.hasOwn(CHECKS, field)) {
      const known = Object.keys(CHECKS).join(', ');
      throw new TypeError(
        `RUM: withRum has no client option "${field}" — it knows ${known}; server options go to defineRum()`,
      );
    }
    const check = CHECKS[field as keyof typeof CHECKS];
    if (value !== undefined && !check.fits(value)) {
      throw wrongOption(field, value, check.mend);
    }
  }
}

interface Check {
  fits(value: unknown): boolean;
  /** What to give instead, as it follows "give". */
  readonly mend: string;
}

const FLAG: Check = { fits: (value) => typeof value === 'boolean', mend: 'true or false' };
const SHARE: Check = { fits: isNumber(0, 1), mend: 'a share from 0 to 1, such as 0.25' };

/** What each option must be. One that is missing here fails to compile. */
const CHECKS = {
  app: {
    fits: isApp,
    mend: 'up to 64 letters, digits, ".", "_" or "-"',
  },
  apps: {
    fits: (value) =>
      typeof value === 'object' &&
      value !== null &&
      Object.entries(value).every(([path, app]) => isPath(path) && isApp(app)),
    mend: 'app ids by path such as { "/docs": "docs" }, each up to 64 letters, digits, ".", "_" or "-"',
  },
  endpoint: { fits: isPathOrUrl, mend: 'the path of the collector route such as "/api/rum", or a full URL' },
  key: {
    fits: (value) => typeof value === 'string' && /^[A-Za-z0-9._-]{16,256}$/.test(value),
    mend: 'one of the keys of defineRum: 16 to 256 letters, digits, ".", "_" or "-"',
  },
  ignore: { fits: isListOf(isPath), mend: 'a list of paths such as ["/admin/rum"]' },
  release: { fits: isText(128), mend: 'a text of 1 to 128 characters such as "1.4.2"' },
  environment: { fits: isText(64), mend: 'a text of 1 to 64 characters such as "production"' },
  privacy: { fits: isOneOf('strict', 'consent'), mend: '"strict" or "consent"' },
  consent: { fits: isOneOf('granted', 'denied', 'pending'), mend: '"granted", "denied" or "pending"' },
  sampleRate: SHARE,
  keepTroubled: FLAG,
  maxPerMinute: {
    fits: isWholeNumber(1, 1_000_000),
    mend: 'a number of events a minute, 1 to 1000000',
  },
  flushInterval: { fits: isNumber(100, 60_000), mend: 'milliseconds, 100 to 60000' },
  errors: FLAG,
  actions: FLAG,
  actionText: FLAG,
  resources: FLAG,
  maxResources: { fits: isWholeNumber(0, 10_000), mend: 'a number of files a view, 0 to 10000' },
  resourceSampleRate: SHARE,
  urlTemplates: {
    fits: isListOf((value) => isPathOrUrl(value) && !/[?#]/.test(value)),
    mend: 'a list of paths without query such as ["/shop/*/item/*"]',
  },
  longTasks: FLAG,
  userTiming: FLAG,
  tracing: {
    fits: (value) => typeof value === 'boolean' || isListOf(isExactOrigin)(value),
    mend: 'true, false or a list of origins spelled out, such as ["https://api.shop.example"], without wildcard, path or slash at the end',
  },
  offline: FLAG,
  debug: FLAG,
} satisfies { readonly [field in keyof Required<RumClientOptions>]: Check };

/** Options of the agent that are functions, which no JSON carries. */
const HOOKS = { beforeSend: true, onFrustration: true } satisfies {
  readonly [field in Exclude<keyof RumAgentOptions, keyof RumClientOptions | 'routes'>]: true;
};

function isHook(field: string): boolean {
  return Object.hasOwn(HOOKS, field);
}

function isApp(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(value);
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('/') && !value.startsWith('//');
}

function isPathOrUrl(value: unknown): value is string {
  return isPath(value) || (typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value));
}

/** As the browser writes it, because the agent compares character by character. */
function isExactOrigin(value: unknown): boolean {
  if (typeof value !== 'string' || !/^https?:\/\/[^*]+$/.test(value)) return false;
  return URL.canParse(value) && new URL(value).origin === value;
}

function isListOf(fits: (value: unknown) => boolean): Check['fits'] {
  return (value) => Array.isArray(value) && value.every(fits);
}

function isOneOf(...values: readonly string[]): Check['fits'] {
  return (value) => typeof value === 'string' && values.includes(value);
}

function isText(longest: number): Check['fits'] {
  return (value) => typeof value === 'string' && value.length > 0 && value.length <= longest;
}

function isNumber(least: number, most: number): Check['fits'] {
  return (value) => typeof value === 'number' && value >= least && value <= most;
}

function isWholeNumber(least: number, most: number): Check['fits'] {
  return (value) => Number.isInteger(value) && isNumber(least, most)(value);
}

function wrongOption(field: string, value: unknown, mend: string): TypeError {
  const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  const name = field === '' ? 'withRum(nextConfig, options)' : `withRum client option "${field}"`;
  const shown = type === 'function' ? 'a function' : `${JSON.stringify(value)} (${type})`;
  return new TypeError(`RUM: ${name} is ${shown} — give ${mend}`);
}
