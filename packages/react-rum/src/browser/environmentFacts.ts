import type { BatchContext } from '../protocol/index.js';

/** Facts about browser and screen, as they are now. */
export function environmentFacts(): BatchContext {
  const { connection, deviceMemory, hardwareConcurrency, language, webdriver } = navigator as Navigator & {
    connection?: { effectiveType?: string };
    deviceMemory?: number;
  };
  const prefers = (what: string): boolean | undefined => globalThis.matchMedia?.(`(prefers-${what})`).matches;
  return {
    viewportWidth: innerWidth,
    viewportHeight: innerHeight,
    connection: connection?.effectiveType,
    language,
    automated: webdriver,
    deviceMemory,
    cores: hardwareConcurrency,
    reducedMotion: prefers('reduced-motion:reduce'),
    darkMode: prefers('color-scheme:dark'),
  };
}
