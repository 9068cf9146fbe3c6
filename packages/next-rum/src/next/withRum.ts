import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NextConfig } from 'next';
import { checkClientOptions, type RumClientOptions } from './clientOptions.js';
import { publicEndpoint, withBasePath } from './publicPath.js';

export type { RumClientOptions };

/** Where build machines keep the commit. */
const COMMIT_VARIABLES = [
  'VERCEL_GIT_COMMIT_SHA',
  'GITHUB_SHA',
  'CI_COMMIT_SHA',
  'COMMIT_REF',
  'CF_PAGES_COMMIT_SHA',
] as const;

/**
 * What a bundler must leave to Node: native code with the database clients around it, and the thread's code, which is a file to
 * start. Turbopack asks for a module by its name, webpack by its folder.
 */
const EXTERNAL_PACKAGES = [
  'libsql',
  '@libsql/client',
  'pg',
  '@prisma/client',
  '@prisma/adapter-libsql',
  '@prisma/adapter-pg',
  '@rumkit/next-rum/drivers',
  '@rumkit/next-rum/dist/store/drivers',
  '@rumkit/next-rum/thread',
  '@rumkit/next-rum/dist/thread',
] as const;

/** Where the admin usually is, below a locale too. What is seen of it is no visit of the site. */
const ADMIN = '/admin/rum';
const ADMINS = [ADMIN, `/*${ADMIN}`];

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
  checkClientOptions(rum);
  const { endpoint = '/api/rum', apps } = rum;
  const { ignore = apps !== undefined && ADMIN in apps ? [] : ADMINS } = rum;
  return {
    ...rum,
    endpoint: publicEndpoint(endpoint, nextConfig),
    ignore: ignore.map((path) => withBasePath(path, nextConfig)),
    apps:
      apps &&
      Object.fromEntries(Object.entries(apps).map(([path, app]) => [withBasePath(path, nextConfig), app])),
    release: rum.release ?? COMMIT_VARIABLES.map((name) => environment[name]).find(Boolean),
  };
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
