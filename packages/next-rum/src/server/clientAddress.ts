/**
 * The client's address as the nearest trusted proxy saw it: the entry `max(1, trustedProxyHops)` from the right of
 * X-Forwarded-For, because everything further left is whatever the client wrote there. Next fills the header from the
 * socket when no proxy did. Empty when unknown. For hashing and throttling only; never stored.
 */
export function clientAddress(headers: Headers, trustedProxyHops: number): string {
  const entries = headers.get('x-forwarded-for')?.split(',') ?? [];
  const entry = entries[Math.max(0, entries.length - Math.max(1, trustedProxyHops))]?.trim() ?? '';
  // Some proxies append the port, which changes with every connection; a socket may write IPv4 as IPv6.
  return (
    /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(entry)?.[1] ??
    /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(entry)?.[1] ??
    /^\[([\da-f:.]+)\]/i.exec(entry)?.[1] ??
    entry
  );
}
