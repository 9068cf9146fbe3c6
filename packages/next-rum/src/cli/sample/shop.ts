import type { Properties, RouterKind } from '@rumkit/react-rum/protocol';
import type { Random } from './random.js';

export type PageName =
  | 'home'
  | 'catalogue'
  | 'product'
  | 'quick'
  | 'sale'
  | 'search'
  | 'guides'
  | 'cart'
  | 'checkout'
  | 'support'
  | 'orders';

/** One page of the demo shop, as visitors know it. Times are medians on a good desktop and line, in ms. */
export interface Page {
  readonly route: string;
  readonly router: RouterKind;
  /** One address of the page. */
  path(random: Random): string;
  readonly server: number;
  /** From the first byte to the first paint, and from there to the largest. */
  readonly paint: number;
  readonly largest: number;
  readonly interaction: number;
  /** Median layout shift score where there is one, and how often there is. */
  readonly shift: number;
  readonly shiftChance: number;
  /** Selectors that explain the vitals. */
  readonly largestElement: string;
  readonly shiftedElement: string;
  /** Time spent on it. */
  readonly dwell: number;
  readonly next: readonly (readonly [page: PageName | null, weight: number])[];
  readonly events: readonly PageEvent[];
  /** What it asks the shop's API. */
  readonly requests?: readonly PageRequest[];
  /** A feature that only some visitors are shown. */
  readonly flag?: string;
  /** How often a view of it ends in this error. */
  readonly error?: { readonly chance: number; readonly name: string; readonly message: string };
}

interface PageEvent {
  readonly name: string;
  readonly chance: number;
  properties(random: Random): Properties;
}

interface PageRequest {
  readonly name: string;
  readonly method: string;
  /** ms */
  readonly median: number;
  /** How often it fails. */
  readonly failing: number;
}

const LAMPS: readonly (readonly [sku: string, weight: number])[] = [
  ['ember', 9],
  ['halo', 6],
  ['pine', 5],
  ['quill', 4],
  ['dusk', 6],
  ['moss', 3],
  ['pearl', 4],
  ['crane', 2],
  ['product', 1],
];
const GUIDES: readonly (readonly [path: string, weight: number])[] = [
  ['/guides', 5],
  ['/guides/light/warm-or-cold', 4],
  ['/guides/light/three-lamps', 3],
  ['/guides/care/paper', 1],
];

const ORDINARY = {
  router: 'app',
  server: 140,
  paint: 380,
  largest: 420,
  interaction: 70,
  shift: 0.02,
  shiftChance: 0.35,
  largestElement: 'main>ul.shop-grid>li:first-child svg.shop-art',
  shiftedElement: 'main>ul.shop-grid',
  dwell: 16_000,
  events: [],
} as const;

/** Every way ends with `null`: the visit is over. */
export const PAGES: { readonly [name in PageName]: Page } = {
  home: {
    ...ORDINARY,
    route: '/',
    path: () => '/',
    largestElement: 'section.shop-hero>svg.shop-art',
    next: [
      ['catalogue', 36],
      ['product', 20],
      ['sale', 14],
      ['search', 8],
      ['guides', 6],
      [null, 16],
    ],
  },
  catalogue: {
    ...ORDINARY,
    route: '/catalogue',
    path: () => '/catalogue',
    interaction: 120,
    next: [
      ['product', 48],
      ['quick', 18],
      ['sale', 6],
      ['search', 6],
      [null, 22],
    ],
  },
  product: {
    ...ORDINARY,
    route: '/product/[id]',
    path: (random) => `/product/${random.pick(LAMPS)}`,
    server: 430,
    largest: 1050,
    largestElement: 'article.shop-detail>svg.shop-art',
    dwell: 34_000,
    events: [
      {
        name: 'add_to_cart',
        chance: 0.17,
        properties: (random) => ({ sku: random.pick(LAMPS), price: 8900 }),
      },
    ],
    next: [
      ['product', 22],
      ['catalogue', 18],
      ['cart', 18],
      ['guides', 4],
      [null, 38],
    ],
    error: {
      chance: 0.012,
      name: 'TypeError',
      message: "Cannot read properties of undefined (reading 'stock')",
    },
  },
  quick: {
    ...ORDINARY,
    route: '/(.)product/[id]/quick',
    path: (random) => `/product/${random.pick(LAMPS)}/quick`,
    dwell: 9_000,
    events: [{ name: 'quick_view', chance: 1, properties: (random) => ({ sku: random.pick(LAMPS) }) }],
    next: [
      ['catalogue', 55],
      ['product', 30],
      [null, 15],
    ],
  },
  sale: {
    ...ORDINARY,
    route: '/sale',
    path: () => '/sale',
    shift: 0.27,
    shiftChance: 0.94,
    shiftedElement: 'main>p.shop-banner',
    next: [
      ['product', 45],
      ['catalogue', 15],
      ['cart', 6],
      [null, 34],
    ],
  },
  search: {
    ...ORDINARY,
    route: '/search',
    path: () => '/search',
    interaction: 190,
    largestElement: 'main>h1',
    events: [
      { name: 'search', chance: 0.9, properties: (random) => ({ results: Math.floor(random.next() * 6) }) },
    ],
    requests: [{ name: '/api/search', method: 'GET', median: 180, failing: 0.004 }],
    next: [
      ['product', 52],
      ['search', 12],
      ['catalogue', 10],
      [null, 26],
    ],
  },
  guides: {
    ...ORDINARY,
    route: '/guides/[[...slug]]',
    path: (random) => random.pick(GUIDES),
    server: 60,
    largest: 160,
    largestElement: 'article.shop-prose>p',
    dwell: 55_000,
    next: [
      ['guides', 32],
      ['catalogue', 20],
      ['product', 8],
      [null, 40],
    ],
  },
  cart: {
    ...ORDINARY,
    route: '/cart',
    path: () => '/cart',
    interaction: 110,
    largest: 120,
    largestElement: 'table.shop-table',
    next: [
      ['checkout', 52],
      ['catalogue', 20],
      ['support', 3],
      [null, 25],
    ],
  },
  checkout: {
    ...ORDINARY,
    route: '/checkout',
    path: () => '/checkout',
    interaction: 240,
    largest: 140,
    largestElement: 'main>h1',
    dwell: 62_000,
    events: [
      {
        name: 'checkout_start',
        chance: 0.8,
        properties: (random) => ({ items: 1 + Math.floor(random.next() * 3), total: 17_800 }),
      },
      {
        name: 'purchase',
        chance: 0.55,
        properties: (random) => ({
          orderId: `L-${1000 + Math.floor(random.next() * 9000)}`,
          items: 2,
          total: 17_800,
        }),
      },
    ],
    next: [
      ['orders', 24],
      ['home', 10],
      ['support', 4],
      [null, 62],
    ],
    requests: [{ name: '/api/checkout', method: 'POST', median: 620, failing: 0.02 }],
    flag: 'express-checkout',
    error: { chance: 0.02, name: 'Error', message: 'The payment was refused (502)' },
  },
  support: {
    ...ORDINARY,
    route: '/support',
    path: () => '/support',
    largest: 90,
    largestElement: 'main>p',
    next: [
      ['home', 20],
      ['guides', 12],
      [null, 68],
    ],
    error: { chance: 0.42, name: 'TypeError', message: 'The switch came off in my hand' },
  },
  orders: {
    ...ORDINARY,
    router: 'pages',
    route: '/legacy/orders/[orderId]',
    path: (random) => `/legacy/orders/L-${1000 + Math.floor(random.next() * 9000)}`,
    server: 210,
    largest: 80,
    largestElement: 'main>h1',
    next: [[null, 1]],
  },
};

/** Where visits begin. */
export const ENTRIES: readonly (readonly [page: PageName, weight: number])[] = [
  ['home', 40],
  ['product', 26],
  ['sale', 11],
  ['guides', 9],
  ['catalogue', 8],
  ['search', 3],
  ['support', 2],
  ['orders', 1],
];
