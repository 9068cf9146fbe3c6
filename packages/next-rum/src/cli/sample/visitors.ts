import type { BatchContext, VitalName } from '@rumkit/react-rum/protocol';
import type { Random } from './random.js';

/** Who visits: a browser on a device, somewhere. */
export interface Visitor {
  readonly browser: BrowserName;
  readonly userAgent: string;
  readonly address: string;
  readonly country: string;
  readonly language: string;
  readonly connection: string | null;
  readonly viewport: readonly [width: number, height: number];
  /** Vitals that this browser reports. */
  readonly vitals: readonly VitalName[];
  readonly machine: Pick<BatchContext, 'deviceMemory' | 'cores' | 'reducedMotion' | 'darkMode'>;
  /** How much slower than a good desktop the device computes, and the line delivers. */
  readonly slowness: { readonly device: number; readonly network: number };
}

type BrowserName = 'Chrome' | 'Edge' | 'Samsung Internet' | 'Safari' | 'Firefox';

interface Browser {
  readonly name: BrowserName;
  readonly userAgent: string;
  readonly viewport: readonly [width: number, height: number];
  readonly vitals: readonly VitalName[];
  readonly slowness: number;
  /** Tells `navigator.connection`. */
  readonly tellsConnection: boolean;
}

const ALL: readonly VitalName[] = ['ttfb', 'fcp', 'lcp', 'cls', 'inp'];
/** Layout shifts are Chromium's alone: https://caniuse.com/mdn-api_layoutshift */
const WITHOUT_CLS: readonly VitalName[] = ['ttfb', 'fcp', 'lcp', 'inp'];

const BROWSERS: readonly (readonly [Browser, weight: number])[] = [
  [
    chromium(
      'Chrome',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Safari/537.36',
      [1536, 730],
      1,
    ),
    26,
  ],
  [
    chromium(
      'Chrome',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Safari/537.36',
      [1440, 789],
      0.8,
    ),
    11,
  ],
  [
    chromium(
      'Edge',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Safari/537.36 Edg/155.0.0.0',
      [1920, 945],
      1.1,
    ),
    8,
  ],
  [
    chromium(
      'Chrome',
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Mobile Safari/537.36',
      [412, 783],
      2.1,
    ),
    24,
  ],
  [
    chromium(
      'Samsung Internet',
      'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/139.0.0.0 Mobile Safari/537.36',
      [384, 745],
      1.7,
    ),
    5,
  ],
  [
    other(
      'Safari',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.2 Mobile/15E148 Safari/604.1',
      [390, 663],
      1.1,
    ),
    16,
  ],
  [
    other(
      'Safari',
      'Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.2 Mobile/15E148 Safari/604.1',
      [820, 1106],
      1,
    ),
    3,
  ],
  [
    other(
      'Safari',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.2 Safari/605.1.15',
      [1470, 798],
      0.8,
    ),
    5,
  ],
  [
    other(
      'Firefox',
      'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
      [1680, 917],
      1,
    ),
    4,
  ],
];

interface Country {
  readonly code: string;
  readonly language: string;
  readonly network: number;
}

const COUNTRIES: readonly (readonly [Country, weight: number])[] = [
  [{ code: 'DE', language: 'de-DE', network: 0.8 }, 30],
  [{ code: 'AT', language: 'de-AT', network: 0.85 }, 9],
  [{ code: 'FR', language: 'fr-FR', network: 0.9 }, 14],
  [{ code: 'GB', language: 'en-GB', network: 1 }, 14],
  [{ code: 'NL', language: 'nl-NL', network: 0.8 }, 8],
  [{ code: 'ES', language: 'es-ES', network: 1.1 }, 7],
  [{ code: 'US', language: 'en-US', network: 1.5 }, 10],
  [{ code: 'BR', language: 'pt-BR', network: 2.3 }, 4],
  [{ code: 'IN', language: 'en-IN', network: 2.9 }, 4],
];

export function sampleVisitor(random: Random): Visitor {
  const browser = random.pick(BROWSERS);
  const country = random.pick(COUNTRIES);
  const line = random.logNormal(1, 0.35);
  const network = country.network * line;
  return {
    browser: browser.name,
    userAgent: browser.userAgent,
    address: sampleAddress(random),
    country: country.code,
    language: country.language,
    connection: browser.tellsConnection ? (network > 4.5 ? '3g' : '4g') : null,
    viewport: browser.viewport,
    vitals: browser.vitals,
    machine: {
      cores: browser.slowness > 1.5 ? 4 : 8,
      // Chromium's alone, as the connection is: https://caniuse.com/mdn-api_navigator_devicememory
      ...(browser.tellsConnection && { deviceMemory: browser.slowness > 1.5 ? 4 : 8 }),
      darkMode: random.chance(0.4),
      reducedMotion: random.chance(0.05),
    },
    slowness: { device: browser.slowness, network },
  };
}

/** In 198.18.0.0/15, which RFC 2544 keeps for tests: nobody's address. */
function sampleAddress(random: Random): string {
  const byte = () => Math.floor(random.next() * 256);
  return `198.${18 + Math.floor(random.next() * 2)}.${byte()}.${byte()}`;
}

function chromium(
  name: BrowserName,
  userAgent: string,
  viewport: readonly [number, number],
  slowness: number,
): Browser {
  return { name, userAgent, viewport, slowness, vitals: ALL, tellsConnection: true };
}

function other(
  name: BrowserName,
  userAgent: string,
  viewport: readonly [number, number],
  slowness: number,
): Browser {
  return { name, userAgent, viewport, slowness, vitals: WITHOUT_CLS, tellsConnection: false };
}
