import type { NextConfig } from 'next';

/** The settings of a Next config that say how the app's paths look in the browser. */
export type PathSettings = Pick<NextConfig, 'basePath' | 'trailingSlash'>;

/**
 * Gives a path of the app as the browser has to ask for it: Next's own links do this by themselves, `fetch` does not. A path
 * that has the base path already, and an address on another origin, are left as they are.
 *
 * @param path Such as `/api/rum`.
 */
export function withBasePath(path: string, { basePath = '' }: PathSettings): string {
  const isWithin = path === basePath || path.startsWith(`${basePath}/`);
  return isWithin || !path.startsWith('/') ? path : `${basePath}${path}`;
}

/**
 * Gives the collector's path as agent and admin take it. Where Next redirects to paths that end in a slash, this one does:
 * what is sent there is not redirected.
 */
export function publicEndpoint(endpoint: string, settings: PathSettings): string {
  const path = withBasePath(endpoint, settings);
  return settings.trailingSlash && path.startsWith('/') && !path.endsWith('/') ? `${path}/` : path;
}

/** What `withRum` writes into the bundle, so each must be named in full. */
export function pathSettings(): PathSettings {
  return {
    basePath: process.env.RUM_BASE_PATH,
    trailingSlash: process.env.RUM_TRAILING_SLASH === 'true',
  };
}
