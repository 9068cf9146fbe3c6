/** One of the values of a dimension: how many views it has, 0–1, and how many times as long everything takes there. */
interface Choice {
  readonly name: string;
  readonly share: number;
  readonly slowness: number;
}

export interface Country extends Choice {
  /** Hours that its clocks are ahead of the site's. */
  readonly ahead: number;
}

/** A kind of browser on a kind of device, and over what it is connected. */
export interface Client extends Choice {
  readonly device: string;
  readonly browser: string;
  /** Null where the browser does not tell. */
  readonly connection: string | null;
}

export interface SiteShape {
  readonly routes: readonly Choice[];
  readonly clients: readonly Client[];
  readonly countries: readonly Country[];
}

const ROUTES: readonly Choice[] = [
  { name: '/product/[id]', share: 0.3, slowness: 1.15 },
  { name: '/', share: 0.22, slowness: 1 },
  { name: '/category/[slug]', share: 0.18, slowness: 1.05 },
  { name: '/search', share: 0.1, slowness: 1.3 },
  { name: '/cart', share: 0.07, slowness: 0.8 },
  { name: '/checkout', share: 0.05, slowness: 0.9 },
  { name: '/blog/[slug]', share: 0.05, slowness: 0.85 },
  { name: '/account', share: 0.03, slowness: 0.95 },
];

const COUNTRIES: readonly Country[] = [
  { name: 'DE', share: 0.45, slowness: 1, ahead: 0 },
  { name: 'GB', share: 0.16, slowness: 1.05, ahead: -1 },
  { name: 'FR', share: 0.14, slowness: 1, ahead: 0 },
  { name: 'US', share: 0.13, slowness: 1.25, ahead: -6 },
  { name: 'IN', share: 0.07, slowness: 1.9, ahead: 4 },
  { name: 'BR', share: 0.05, slowness: 1.6, ahead: -4 },
];
/** A small site is visited from one country mostly. */
const SMALL_COUNTRIES: readonly Country[] = [
  { name: 'DE', share: 0.8, slowness: 1, ahead: 0 },
  { name: 'GB', share: 0.12, slowness: 1.05, ahead: -1 },
  { name: 'US', share: 0.08, slowness: 1.25, ahead: -6 },
];

const MACHINES = [
  { device: 'mobile', browser: 'Chrome', share: 0.32, slowness: 1.5, tells: true },
  { device: 'mobile', browser: 'Mobile Safari', share: 0.27, slowness: 1.1, tells: false },
  { device: 'mobile', browser: 'Samsung Internet', share: 0.05, slowness: 1.6, tells: true },
  { device: 'desktop', browser: 'Chrome', share: 0.2, slowness: 0.85, tells: true },
  { device: 'desktop', browser: 'Safari', share: 0.06, slowness: 0.8, tells: false },
  { device: 'desktop', browser: 'Edge', share: 0.06, slowness: 0.9, tells: true },
  { device: 'desktop', browser: 'Firefox', share: 0.04, slowness: 0.95, tells: false },
] as const;

const CONNECTIONS = [
  { connection: '4g', share: 0.85, slowness: 1 },
  { connection: '3g', share: 0.12, slowness: 1.8 },
  { connection: '2g', share: 0.03, slowness: 2.6 },
] as const;
const UNTOLD = [{ connection: null, share: 1, slowness: 1 }] as const;

const CLIENTS: readonly Client[] = MACHINES.flatMap(({ device, browser, share, slowness, tells }) =>
  (tells ? CONNECTIONS : UNTOLD).map((over) => ({
    name: [device, browser, over.connection].join(' '),
    device,
    browser,
    connection: over.connection,
    share: share * over.share,
    slowness: slowness * over.slowness,
  })),
);

const SMALL_TO = 50;
const SMALL_ROUTES = 4;

/** @param viewsAnHour On average. */
export function shapeOf(viewsAnHour: number): SiteShape {
  if (viewsAnHour > SMALL_TO) return { routes: ROUTES, clients: CLIENTS, countries: COUNTRIES };
  const routes = ROUTES.slice(0, SMALL_ROUTES);
  const all = routes.reduce((sum, { share }) => sum + share, 0);
  return {
    routes: routes.map((route) => ({ ...route, share: route.share / all })),
    clients: CLIENTS,
    countries: SMALL_COUNTRIES,
  };
}
