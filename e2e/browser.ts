import type { PlaywrightTestConfig } from '@playwright/test';
import { findChromium } from '../scripts/lib/chromium.mjs';

// What would make a test depend on more than the page: calls home, and shared memory that containers have little of.
const ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/** Playwright's `use` for the Chromium of this system. */
export async function browser(): Promise<NonNullable<PlaywrightTestConfig['use']>> {
  return {
    browserName: 'chromium',
    launchOptions: {
      executablePath: await findChromium(),
      // Chromium's sandbox refuses to run as root.
      args: process.getuid?.() === 0 ? [...ARGS, '--no-sandbox'] : ARGS,
    },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  };
}
