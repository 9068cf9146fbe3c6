import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from '@playwright/test';
import type { MetricType } from 'web-vitals';

// The library's file for pages without a bundler, which its `exports` do not name: it lies beside the entry.
const LIBRARY = fileURLToPath(new URL('web-vitals.attribution.iife.js', import.meta.resolve('web-vitals')));

/** Vitals of a load or of a soft navigation, as the library reported them last. */
interface NavigationVitals {
  readonly isSoft: boolean;
  readonly path: string;
  /** By name in lower case. */
  readonly values: { [name: string]: number };
}

interface Recorded {
  referenceVitals?: { [navigation: string]: NavigationVitals };
}

/** A script with the published `web-vitals` library that keeps, beside the agent, what it reports last. */
export async function referenceScript(): Promise<string> {
  // One script, because each is wrapped into a function and the library declares a variable.
  return `${await readFile(LIBRARY, 'utf8')};(${record.toString()})(webVitals)`;
}

/** Has every page run it. */
export async function recordReferenceVitals(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: await referenceScript() });
}

/** What the library reported last of each navigation, in the order in which they happened. */
export function referenceVitals(page: {
  evaluate<Result>(run: () => Result): Promise<Result>;
}): Promise<readonly NavigationVitals[]> {
  return page.evaluate(() => Object.values((globalThis as Recorded).referenceVitals ?? {}));
}

/** Runs in the page. */
function record({ onCLS, onFCP, onINP, onLCP, onTTFB }: typeof import('web-vitals')): void {
  const navigations: { [id: string]: NavigationVitals } = {};
  (globalThis as Recorded).referenceVitals = navigations;
  const report = ({ name, value, entries, navigationId, navigationType, navigationURL }: MetricType) => {
    // Of interactions too short to be measured the library says 8.
    if (name === 'INP' && entries.length === 0) return;
    // A TTFB is 0 there, always.
    if (name === 'TTFB' && navigationType === 'soft-navigation') return;
    navigations[navigationId] ??= {
      isSoft: navigationType === 'soft-navigation',
      path: new URL(navigationURL ?? location.href).pathname,
      values: {},
    };
    navigations[navigationId].values[name.toLowerCase()] = value;
  };
  const options = { reportAllChanges: true, reportSoftNavs: true };
  onCLS(report, options);
  onFCP(report, options);
  onINP(report, options);
  onLCP(report, options);
  onTTFB(report, options);
}
