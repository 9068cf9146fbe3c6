import type { DeviceKind } from '../../packages/next-rum/src/store/rows.js';

type Weighted<T> = readonly (readonly [item: T, weight: number])[];

/** Where a page is, and how long its server and its largest paint take, ms. */
export interface Page {
  readonly route: string;
  readonly server: number;
  readonly largest: number;
  /** Share of documents in which something shifts. */
  readonly shifts: number;
}

const SECTIONS = ['', 'shop', 'guides', 'account', 'help', 'blog', 'team', 'offers', 'search', 'checkout'];
const LEAVES = ['', '/[id]', '/[id]/reviews', '/latest', '/[[...slug]]'];

/** Fifty routes, as many views each as its place in the order gives: Zipf. */
export const PAGES: Weighted<Page> = SECTIONS.flatMap((section, row) =>
  LEAVES.map((leaf, column) => {
    const place = column * SECTIONS.length + row;
    const page = {
      route: section === '' && leaf === '' ? '/' : `${section === '' ? '' : `/${section}`}${leaf}`,
      server: 80 + ((place * 37) % 400),
      largest: 500 + ((place * 211) % 1800),
      shifts: ((place * 7) % 50) / 100,
    };
    return [page, 1 / (place + 1)] as const;
  }),
);

/** A kind of machine, and how many times as long everything takes on it. */
export interface Machine {
  readonly device: DeviceKind;
  readonly browser: string;
  readonly os: string;
  readonly slowness: number;
  readonly viewport: readonly [width: number, height: number];
  /** Safari and Firefox tell less. */
  readonly tellsShifts: boolean;
}

export const MACHINES: Weighted<Machine> = [
  [machine('mobile', 'Mobile Safari', 'iOS', 1.2, [390, 844], false), 27],
  [machine('mobile', 'Chrome', 'Android', 1.9, [412, 915], true), 31],
  [machine('mobile', 'Samsung Internet', 'Android', 2, [384, 854], true), 4],
  [machine('tablet', 'Mobile Safari', 'iPadOS', 1.2, [820, 1180], false), 3],
  [machine('desktop', 'Chrome', 'Windows', 1, [1536, 730], true), 18],
  [machine('desktop', 'Chrome', 'macOS', 0.8, [1440, 790], true), 6],
  [machine('desktop', 'Edge', 'Windows', 1, [1536, 730], true), 5],
  [machine('desktop', 'Safari', 'macOS', 0.8, [1440, 790], false), 4],
  [machine('desktop', 'Firefox', 'Linux', 1, [1920, 950], false), 2],
];

export const COUNTRIES: Weighted<readonly [country: string, language: string]> = [
  [['US', 'en-US'], 28],
  [['DE', 'de-DE'], 14],
  [['GB', 'en-GB'], 10],
  [['FR', 'fr-FR'], 8],
  [['IN', 'en-IN'], 8],
  [['BR', 'pt-BR'], 6],
  [['JP', 'ja-JP'], 5],
  [['CA', 'en-CA'], 4],
  [['NL', 'nl-NL'], 3],
  [['ES', 'es-ES'], 3],
  [['IT', 'it-IT'], 3],
  [['PL', 'pl-PL'], 2],
  [['AU', 'en-AU'], 2],
  [['SE', 'sv-SE'], 1],
  [['CH', 'de-CH'], 1],
  [['AT', 'de-AT'], 1],
  [['MX', 'es-MX'], 1],
  [['KR', 'ko-KR'], 1],
  [['ZA', 'en-ZA'], 0.5],
  [['NZ', 'en-NZ'], 0.5],
];

export const REFERRERS: Weighted<string | null> = [
  [null, 46],
  ['https://www.google.com', 34],
  ['https://duckduckgo.com', 6],
  ['https://www.instagram.com', 9],
  ['https://newsletter.example', 5],
];

/** Relative traffic of each hour of the day, UTC. */
export const HOURS: readonly number[] = [
  3, 2, 1.5, 1, 1, 1.5, 3, 5, 7, 8, 8, 8, 9, 8, 8, 8, 8, 9, 10, 11, 11, 9, 7, 5,
];

function machine(
  device: DeviceKind,
  browser: string,
  os: string,
  slowness: number,
  viewport: Machine['viewport'],
  tellsShifts: boolean,
): Machine {
  return { device, browser, os, slowness, viewport, tellsShifts };
}
