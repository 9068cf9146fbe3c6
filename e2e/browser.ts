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

/** What Chromium is started with. */
export function chromiumArguments(): string[] {
  // Its sandbox refuses to run as root.
  return process.getuid?.() === 0 ? [...ARGS, '--no-sandbox'] : ARGS;
}

/** Playwright's `use` for the Chromium of this system. */
export async function browser(): Promise<NonNullable<PlaywrightTestConfig['use']>> {
  return {
    browserName: 'chromium',
    launchOptions: {
      executablePath: await findChromium(),
      args: chromiumArguments(),
    },
    screenshot: 'only-on-failure',
    // One takes a third of a test's time; `--trace retain-on-failure` asks for it.
    trace: 'off',
  };
}
