/** Where a request comes from, as far as its headers tell. */
export type OriginVerdict =
  | { readonly kind: 'same-origin' }
  | { readonly kind: 'allowed'; readonly origin: string }
  | { readonly kind: 'refused'; readonly origin: string };

/**
 * Tells own pages from foreign ones. A request without an Origin header is not a cross-origin request of a browser
 * (https://fetch.spec.whatwg.org/#origin-header), so it passes unless Sec-Fetch-Site says otherwise.
 */
export function originOf(headers: Headers, allowedOrigins: readonly string[]): OriginVerdict {
  const site = headers.get('sec-fetch-site');
  if (site === 'same-origin') return { kind: 'same-origin' };
  const origin = headers.get('origin');
  if (origin === null) {
    return site === 'cross-site' || site === 'same-site'
      ? { kind: 'refused', origin: site }
      : { kind: 'same-origin' };
  }
  if (allowedOrigins.includes(origin)) return { kind: 'allowed', origin };
  const host = headers.get('host');
  const forwardedHost = headers.get('x-forwarded-host')?.split(',', 1)[0]?.trim();
  const originHost = /^https?:\/\/([^/]+)$/.exec(origin)?.[1];
  return originHost !== undefined && (originHost === host || originHost === forwardedHost)
    ? { kind: 'same-origin' }
    : { kind: 'refused', origin };
}

/** Whether a change of the admin is asked for by another site's page. Even an origin that may post batches must not make one. */
export function isForeign(request: Request): boolean {
  return originOf(request.headers, []).kind !== 'same-origin';
}

/** CORS headers of an answer: none unless the origin is on the list. */
export function corsHeaders(verdict: OriginVerdict): Readonly<Record<string, string>> {
  if (verdict.kind !== 'allowed') return {};
  return {
    'access-control-allow-origin': verdict.origin,
    'access-control-expose-headers': 'Retry-After',
    vary: 'Origin',
  };
}

/** What a preflight asks for. Two hours is the longest that Chromium keeps it. */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type, content-encoding, x-rum-key',
  'access-control-max-age': '7200',
};
