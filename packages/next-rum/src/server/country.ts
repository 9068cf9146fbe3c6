import type { CountryResponse } from 'maxmind';
import { type Log, reasonOf } from './log.js';

/** Set by Vercel, Cloudflare and CloudFront at their edge, two letters (ISO 3166-1). */
const COUNTRY_HEADERS = ['x-vercel-ip-country', 'cf-ipcountry', 'cloudfront-viewer-country'];

/** What platforms in front of the app write. */
export const PLATFORM_HEADERS: readonly string[] = [...COUNTRY_HEADERS, 'fly-region'];

/** Where Fly's edges stand (https://fly.io/docs/reference/regions/), which is the client's country or one near it. */
const FLY_REGIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    AR: 'eze',
    AU: 'syd',
    BR: 'gig gru',
    CA: 'yul yyz',
    CL: 'scl',
    CO: 'bog',
    DE: 'fra',
    ES: 'mad',
    FR: 'cdg',
    GB: 'lhr',
    HK: 'hkg',
    IN: 'bom del maa',
    JP: 'nrt',
    MX: 'gdl qro',
    NL: 'ams',
    PL: 'waw',
    RO: 'otp',
    SE: 'arn',
    SG: 'sin',
    US: 'atl bos den dfw ewr iad lax mia ord phx sea sjc',
    ZA: 'jnb',
  }).flatMap(([country, regions]) => regions.split(' ').map((region): [string, string] => [region, country])),
);

/** Tells the country of a client, ISO 3166-1, two letters; null where nothing tells. */
export type CountryOf = (headers: Headers, address: string) => string | null | Promise<string | null>;

/**
 * Asks the platform in front first, then the MaxMind file, then which of Fly's edges took the request.
 *
 * @param file Path of a country or city database in MaxMind's format, read at the first request that needs it and anew when it
 *   changes; null for none.
 */
export function createCountryOf(file: string | null, log: Log): CountryOf {
  let reading: Promise<(address: string) => string | null> | null = null;
  return (headers, address) => {
    const told = fromHeaders(headers);
    if (told !== null) return told;
    const near = FLY_REGIONS.get(headers.get('fly-region') ?? '') ?? null;
    if (file === null || address === '') return near;
    reading ??= open(file, log);
    return reading.then((countryAt) => countryAt(address) ?? near);
  };
}

function fromHeaders(headers: Headers): string | null {
  for (const name of COUNTRY_HEADERS) {
    const value = headers.get(name);
    // Cloudflare says XX where it does not know.
    if (value !== null && /^[A-Z]{2}$/.test(value) && value !== 'XX') return value;
  }
  return null;
}

/** A file that cannot be read costs the country, not the batch. */
async function open(file: string, log: Log): Promise<(address: string) => string | null> {
  try {
    const { open: openDatabase, validate } = await import('maxmind');
    const reader = await openDatabase<CountryResponse>(file, { watchForUpdatesNonPersistent: true });
    return (address) => {
      if (!validate(address)) return null;
      const found = reader.get(address);
      const country = found?.country?.iso_code ?? found?.registered_country?.iso_code;
      return typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : null;
    };
  } catch (error) {
    log('country_database_unreadable', {
      file,
      reason: reasonOf(error),
      mend: 'name a MaxMind country or city file (.mmdb) in defineRum({ countryDatabase }), or leave it out',
    });
    return () => null;
  }
}
