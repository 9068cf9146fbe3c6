import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { RumAgentOptions } from '@rumkit/react-rum/agent';
import type { NextConfig } from 'next';
import { publicEndpoint, withBasePath } from './publicPath.js';

/**
 * What the browser's agent is told, compiled into the client bundle: nothing here is secret. Paths are written as the app
 * writes them, without `basePath`.
 *
 * Other defaults than the agent's own: `ignore` is `['/admin/rum']`, and `release` is the commit where Vercel, GitHub,
 * GitLab, Netlify or Cloudflare name it in the environment.
 */
export type RumClientOptions = Omit<RumAgentOptions, 'routes'>;

/** Where build machines keep the commit. */
const COMMIT_VARIABLES = [
  'VERCEL_GIT_COMMIT_SHA',
  'GITHUB_SHA',
  'CI_COMMIT_SHA',
  'COMMIT_REF',
  'CF_PAGES_COMMIT_SHA',
] as const;

/** Native code and the database clients around it: a bundler must leave them to Node. */
const EXTERNAL_PACKAGES = [
  'libsql',
  '@libsql/client',
  'pg',
  '@prisma/client',
  '@prisma/adapter-libsql',
  '@prisma/adapter-pg',
] as const;

const CLIENT_MODULE = '@rumkit/next-rum/client';

/** First Next that knows `instrumentationClientInject`. */
const INJECT_SINCE = [16, 3] as const;

/**
 * Adds Real User Monitoring to a Next config: starts the agent before hydration, keeps the database drivers out of the
 * server bundle and puts the trace id of the first request into the page, so that the first view joins its trace.
 *
 * On Next before 16.3 the agent cannot be injected: a line on the console then says which file to create.
 *
 * @param nextConfig Your config; every setting is kept.
 * @param rum What the agent is told.
 * @throws TypeError when an option is wrong, naming the field, the type found and the mend.
 * @example
 * ```ts
 * // next.config.ts
 * import { withRum } from '@rumkit/next-rum/config';
 *
 * export default withRum({ reactStrictMode: true }, { endpoint: '/api/rum' });
 * ```
 */
export function withRum(nextConfig: NextConfig = {}, rum: RumClientOptions = {}): NextConfig {
  if (typeof nextConfig !== 'object' || nextConfig === null) {
    throw new TypeError(
      `RUM: withRum(nextConfig) got a ${typeof nextConfig} — give it the config object; where your config is a function, wrap what it returns`,
    );
  }
  const config: NextConfig = {
    ...nextConfig,
    env: {
      ...nextConfig.env,
      RUM_CLIENT_OPTIONS: JSON.stringify(resolveClientOptions(rum, nextConfig, process.env)),
      // The admin page needs them too, and no API of Next tells.
      RUM_BASE_PATH: nextConfig.basePath ?? '',
      RUM_TRAILING_SLASH: String(nextConfig.trailingSlash ?? false),
    },
    serverExternalPackages: union(nextConfig.serverExternalPackages, EXTERNAL_PACKAGES),
    experimental: {
      ...nextConfig.experimental,
      clientTraceMetadata: union(nextConfig.experimental?.clientTraceMetadata, ['traceparent']),
    },
  };
  const project = process.cwd();
  if (isAtLeast(nextVersion(project), INJECT_SINCE)) {
    config.instrumentationClientInject = union(nextConfig.instrumentationClientInject, [CLIENT_MODULE]);
  } else if (!importsClient(project)) {
    console.warn(
      `RUM: this Next cannot inject the agent (16.3 can) — create instrumentation-client.ts beside next.config with: export * from '${CLIENT_MODULE}'`,
    );
  }
  return config;
}

function resolveClientOptions(
  rum: RumClientOptions,
  nextConfig: NextConfig,
  environment: NodeJS.ProcessEnv,
): RumClientOptions {
  const given: unknown = rum;
  if (typeof given !== 'object' || given === null) {
    throw wrongOption('', given, 'an object such as { endpoint: "/api/rum" }');
  }
  for (const [field, value] of Object.entries(given)) {
    if (!(field in CHECKS)) {
      throw new TypeError(
        `RUM: withRum has no client option "${field}" — it knows ${Object.keys(CHECKS).join(', ')}; server options go to defineRum()`,
      );
    }
    const check = CHECKS[field as keyof typeof CHECKS];
    if (value !== undefined && !check.fits(value)) {
      throw wrongOption(field, value, check.mend);
    }
  }
  const { endpoint = '/api/rum', ignore = ['/admin/rum'] } = rum;
  return {
    ...rum,
    endpoint: publicEndpoint(endpoint, nextConfig),
    ignore: ignore.map((path) => withBasePath(path, nextConfig)),
    release: rum.release ?? COMMIT_VARIABLES.map((name) => environment[name]).find(Boolean),
  };
}

interface Check {
  fits(value: unknown): boolean;
  readonly mend: string;
}

const CHECKS = {
  app: {
    fits: (value) => typeof value === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(value),
    mend: 'up to 64 letters, digits, ".", "_" or "-"',
  },
  endpoint: { fits: isPathOrUrl, mend: 'the path of the collector route such as "/api/rum", or a full URL' },
  ignore: {
    fits: (value) => Array.isArray(value) && value.every(isPath),
    mend: 'a list of paths such as ["/admin/rum"]',
  },
  release: { fits: isText(128), mend: 'a text of 1 to 128 characters such as "1.4.2"' },
  environment: { fits: isText(64), mend: 'a text of 1 to 64 characters such as "production"' },
  privacy: { fits: (value) => value === 'strict' || value === 'consent', mend: '"strict" or "consent"' },
  tracing: { fits: (value) => typeof value === 'boolean', mend: 'true or false' },
  flushInterval: {
    fits: (value) => typeof value === 'number' && value >= 100 && value <= 60_000,
    mend: 'milliseconds, 100 to 60000',
  },
} satisfies { readonly [field in keyof Required<RumClientOptions>]: Check };

function isPath(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('/') && !value.startsWith('//');
}

function isPathOrUrl(value: unknown): boolean {
  return isPath(value) || (typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value));
}

function isText(longest: number): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && value.length > 0 && value.length <= longest;
}

function wrongOption(field: string, value: unknown, mend: string): TypeError {
  const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  const name = field === '' ? 'withRum(nextConfig, options)' : `withRum client option "${field}"`;
  return new TypeError(`RUM: ${name} is ${JSON.stringify(value)} (${type}) — give ${mend}`);
}

function union<T>(present: readonly T[] | undefined, added: readonly T[]): T[] {
  return [...new Set([...(present ?? []), ...added])];
}

/** The project's own Next, which is not always the one beside this package. */
function nextVersion(project: string): string {
  const manifest: { version: string } = createRequire(join(project, 'package.json'))('next/package.json');
  return manifest.version;
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

function importsClient(project: string): boolean {
  return ['', 'src']
    .flatMap((folder) =>
      ['ts', 'tsx', 'js', 'jsx'].map((extension) =>
        join(project, folder, `instrumentation-client.${extension}`),
      ),
    )
    .some((file) => existsSync(file) && readFileSync(file, 'utf8').includes(CLIENT_MODULE));
}
