import type { Page } from '@playwright/test';
import type { MetricWithAttribution } from 'web-vitals/attribution';

/** What the published library says of one document or soft navigation, by metric in lower case. */
export type Reference = Partial<
  Record<string, { readonly value: number; readonly attribution: Attribution }>
>;
type Attribution = Readonly<Record<string, string | number>>;

interface Recorded {
  /** By kind of navigation and path. */
  reference?: Record<string, Reference>;
}

/** Puts the published `web-vitals` with attribution beside the agent. It names elements by their test id, as the agent does. */
export const REFERENCE = `<script src="/node_modules/web-vitals/dist/web-vitals.attribution.iife.js"></script><script>(${record})(webVitals)</script>`;

/** @param key Kind of navigation and path, such as `navigate /`. */
export async function reference(page: Page, key: string): Promise<Reference> {
  return (await page.evaluate(() => (globalThis as Recorded).reference))?.[key] ?? {};
}

/** Runs in the page. */
function record(library: typeof import('web-vitals/attribution')): void {
  const all: Record<string, Reference> = {};
  (globalThis as Recorded).reference = all;
  const report = (metric: MetricWithAttribution): void => {
    const { name, value, navigationType, navigationURL } = metric;
    // A TTFB is 0 there, always.
    if (name === 'TTFB' && navigationType === 'soft-navigation') return;
    const key = `${navigationType} ${new URL(navigationURL ?? location.href).pathname}`;
    const attribution = Object.fromEntries(
      Object.entries(metric.attribution).filter(([, part]) => /string|number/.test(typeof part)),
    ) as Attribution;
    all[key] = { ...all[key], [name.toLowerCase()]: { value, attribution } };
  };
  const options = {
    reportAllChanges: true,
    reportSoftNavs: true,
    generateTarget: (node: Node | null) => {
      const id = (node as HTMLElement | null)?.dataset?.testid;
      return id ? `[data-testid="${id}"]` : undefined;
    },
  };
  library.onCLS(report, options);
  library.onFCP(report, options);
  library.onINP(report, options);
  library.onLCP(report, options);
  library.onTTFB(report, options);
}
