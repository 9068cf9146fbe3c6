import type { SettingsResponse } from '../api.js';
import { hasSignIn } from '../authorize.js';
import type { RumConfig } from '../config.js';
import { IGNORED, parseRules } from '../ignored.js';
import { json } from '../respond.js';
import { type ChangeRoute, readBodyAs, saveDocument } from './change.js';
import type { DataRoute } from './dataRoute.js';
import { settingsChange } from './savedSchemas.js';

/** What is in force. */
export const settings: DataRoute = async ({ store, config }) => {
  const kept = await store.savedOne(config.app, 'setting', IGNORED);
  const { addresses, paths } = parseRules(kept?.body);
  const { app, endpoint, privacy, bots, allowedOrigins, trustedProxyHops, labels, retention } = config;
  const body: SettingsResponse = {
    app,
    endpoint,
    database: config.database.startsWith('file:') ? 'sqlite' : 'postgresql',
    privacy,
    retention,
    bots,
    allowedOrigins,
    trustedProxyHops,
    countryDatabase: config.countryDatabase !== null,
    keys: config.keys.map(({ name, app: ofKey, since }, index) => ({
      name: name ?? `Key ${index + 1}`,
      app: ofKey ?? null,
      since: since ?? null,
    })),
    rateLimit: rateLimitOf(config),
    labels,
    signIn: config.authorize === null ? 'none' : hasSignIn(config.authorize) ? 'password' : 'own',
    ignored: { revision: kept?.revision ?? 0, savedAt: kept?.savedAt ?? null, addresses, paths },
  };
  return json(200, body);
};

function rateLimitOf({ rateLimit }: RumConfig): SettingsResponse['rateLimit'] {
  if (rateLimit === null) return null;
  const { perKey, perAddress, store } = rateLimit;
  return { perKey, perAddress, store: typeof store === 'string' ? store : 'redis' };
}

export const changeSettings: ChangeRoute = async (asked) => {
  const { replaces, addresses, paths } = readBodyAs(settingsChange, asked.body);
  const body = { addresses: [...new Set(addresses)], paths: [...new Set(paths)] };
  const subject = `ignored: ${[...body.addresses, ...body.paths].join(', ') || 'nothing'}`;
  return saveDocument(asked, { kind: 'setting', id: IGNORED, replaces, body, subject });
};
