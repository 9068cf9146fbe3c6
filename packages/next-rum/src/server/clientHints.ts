import type { DeviceKind } from '../store/rows.js';

/** What a browser says of itself in its low-entropy client hints (https://wicg.github.io/ua-client-hints/). */
export interface HintedFacts {
  readonly browser: string | null;
  readonly os: string | null;
  readonly device: DeviceKind | null;
}

export interface ClientHints {
  /** `Sec-CH-UA`, such as `"Google Chrome";v="155", "Chromium";v="155", "Not_A Brand";v="24"`. */
  readonly brands: string;
  /** `Sec-CH-UA-Mobile`: `?1` or `?0`. */
  readonly mobile: string;
  /** `Sec-CH-UA-Platform`, such as `"Android"`. */
  readonly platform: string;
}

/** Brands by the names that a user agent would give, from the particular to the general; others are the user agent's to tell. */
const BRANDS: readonly (readonly [string, string])[] = [
  ['Microsoft Edge', 'Microsoft Edge'],
  ['Opera', 'Opera'],
  ['Brave', 'Brave'],
  ['Samsung Internet', 'Samsung Internet for Android'],
  ['Vivaldi', 'Vivaldi'],
  ['YaBrowser', 'Yandex Browser'],
  ['Yandex', 'Yandex Browser'],
  ['Google Chrome', 'Chrome'],
];

const PLATFORMS: ReadonlyMap<string, { readonly os: string; readonly device: DeviceKind | null }> = new Map([
  ['Windows', { os: 'Windows', device: 'desktop' }],
  ['macOS', { os: 'macOS', device: 'desktop' }],
  ['Linux', { os: 'Linux', device: 'desktop' }],
  ['Chrome OS', { os: 'Chrome OS', device: 'desktop' }],
  ['Chromium OS', { os: 'Chrome OS', device: 'desktop' }],
  ['Android', { os: 'Android', device: null }],
  ['iOS', { os: 'iOS', device: null }],
]);

/** Reads client hints; what they do not tell is null. */
export function readClientHints({ brands, mobile, platform }: ClientHints): HintedFacts {
  const named = new Set([...brands.matchAll(/"([^"]{1,64})"\s*;\s*v=/g)].map(([, brand]) => brand));
  const known = BRANDS.find(([brand]) => named.has(brand));
  const system = PLATFORMS.get(platform.replaceAll('"', '')) ?? null;
  return {
    browser: known?.[1] ?? null,
    os: system?.os ?? null,
    device: system?.device ?? (mobile === '?1' ? 'mobile' : null),
  };
}
