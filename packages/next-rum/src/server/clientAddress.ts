import { isPrivate } from './isPrivate.js';

/**
 * The client's address. For hashing and throttling only; never stored. Empty when unknown.
 *
 * Behind so many trusted proxies it is the entry as far from the right of X-Forwarded-For, because everything further left is
 * whatever the client wrote there. With none it is the address of the connection, where that is one of the internet: such a client
 * wrote the whole header. A connection from this machine or its network is that of a proxy, whose entry is the rightmost, as by
 * Express' preset `loopback, linklocal, uniquelocal`; where the connection is not known, a platform wrote the header.
 *
 * @param connection Address that the connection comes from; empty where it is not known.
 * @see https://expressjs.com/en/guide/behind-proxies.html
 */
export function clientAddress(headers: Headers, trustedProxyHops: number, connection: string): string {
  const entries = headers.get('x-forwarded-for')?.split(',') ?? [];
  const entry = plain(entries[Math.max(0, entries.length - Math.max(1, trustedProxyHops))] ?? '');
  if (trustedProxyHops > 0) return entry;
  const peer = plain(connection);
  return isDirect(trustedProxyHops, connection) ? peer : entry || peer;
}

/**
 * Whether nobody stands between the client and this server, as far as is known, so that the client wrote every header.
 *
 * @param connection As for {@link clientAddress}.
 */
export function isDirect(trustedProxyHops: number, connection: string): boolean {
  const peer = plain(connection);
  return trustedProxyHops === 0 && peer !== '' && !isPrivate(peer);
}

/** Some proxies append the port, which changes with every connection; a socket may write IPv4 as IPv6. */
function plain(text: string): string {
  const address = text.trim();
  return (
    /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(address)?.[1] ??
    /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1] ??
    /^\[([\da-f:.]+)\]/i.exec(address)?.[1] ??
    address
  );
}
