import type { RumConfig } from './config.js';

/** By whose clock the apps that a configuration names are watched. */
export function timeZonesOf({ app, keys, timeZone }: Pick<RumConfig, 'app' | 'keys' | 'timeZone'>): {
  readonly [app: string]: string;
} {
  const apps = [app, ...keys.flatMap((key) => (key.app === undefined ? [] : [key.app]))];
  return Object.fromEntries(apps.map((each) => [each, timeZone]));
}
