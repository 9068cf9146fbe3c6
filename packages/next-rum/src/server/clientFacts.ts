/**
 * The client's address as the nearest trusted proxy saw it: the entry `max(1, trustedProxyHops)` from the right of
 * X-Forwarded-For, because everything further left is whatever the client wrote there. Next fills the header from the
 * socket when no proxy did. Empty when unknown. For hashing and throttling only; never stored.
 */
export function clientAddress(headers: Headers, trustedProxyHops: number): string {
  const entries = headers.get('x-forwarded-for')?.split(',') ?? [];
  const entry = entries[Math.max(0, entries.length - Math.max(1, trustedProxyHops))]?.trim() ?? '';
  // Some proxies append the port, which changes with every connection.
  return (
    /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(entry)?.[1] ?? /^\[([\da-f:.]+)\]/i.exec(entry)?.[1] ?? entry
  );
}

/** Set by Vercel, Cloudflare and CloudFront at their edge, two letters (ISO 3166-1). */
const COUNTRY_HEADERS = ['x-vercel-ip-country', 'cf-ipcountry', 'cloudfront-viewer-country'];

/** The client's country where the platform in front tells it. */
export function countryOf(headers: Headers): string | null {
  for (const name of COUNTRY_HEADERS) {
    const value = headers.get(name);
    // Cloudflare says XX where it does not know.
    if (value !== null && /^[A-Z]{2}$/.test(value) && value !== 'XX') return value;
  }
  return null;
}
