import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import type { MetricType } from 'web-vitals';

// The library's file for pages without a bundler, which its `exports` do not name: it lies beside the entry.
const LIBRARY = fileURLToPath(new URL('web-vitals.attribution.iife.js', import.meta.resolve('web-vitals')));

interface Recorded {
  referenceVitals?: { [name: string]: number };
}

/** Loads the published `web-vitals` library into every page, beside the agent, and keeps what it reports last. */
export async function recordReferenceVitals(context: BrowserContext): Promise<void> {
  // One script, because each is wrapped into a function and the library declares a variable.
  const library = await readFile(LIBRARY, 'utf8');
  await context.addInitScript({ content: `${library};(${record.toString()})(webVitals)` });
}

/** What the library reported last, by name in lower case. */
export function referenceVitals(page: Page): Promise<{ [name: string]: number }> {
  return page.evaluate(() => ({ ...(globalThis as Recorded).referenceVitals }));
}

/** Runs in the page. */
function record({ onCLS, onFCP, onINP, onLCP, onTTFB }: typeof import('web-vitals')): void {
  const values: { [name: string]: number } = {};
  (globalThis as Recorded).referenceVitals = values;
  const report = ({ name, value }: MetricType) => {
    values[name.toLowerCase()] = value;
  };
  onCLS(report, { reportAllChanges: true });
  onFCP(report, { reportAllChanges: true });
  onINP(report, { reportAllChanges: true });
  onLCP(report, { reportAllChanges: true });
  onTTFB(report, { reportAllChanges: true });
}
