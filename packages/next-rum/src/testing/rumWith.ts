import type { RumConfig } from '../server/config.js';
import type { Rum } from '../server/rum.js';

/** An app that lets in whomever `authorize` does, and has no data. */
export function rumWith(authorize: RumConfig['authorize']): Rum {
  const config: RumConfig = {
    app: 'default',
    database: 'file:./rum.db',
    endpoint: '/api/rum',
    privacy: 'strict',
    allowedOrigins: [],
    trustedProxyHops: 0,
    countryDatabase: null,
    keys: [],
    rateLimit: null,
    bots: 'apart',
    labels: { routes: 1000, releases: 100, names: 1000 },
    retention: { raw: 30, minutes: 2, hours: 90, days: 396 },
    timeZone: 'UTC',
    alerts: null,
    authorize,
  };
  const unused = (): never => {
    throw new Error('the page reads no data');
  };
  return { config, store: unused, handle: unused };
}
