import { firefox, webkit } from '@playwright/test';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { findFirefox } from '../../scripts/lib/firefox.mjs';
import { findWebKit } from '../../scripts/lib/webkit.mjs';
import { chromiumArguments } from '../browser.js';
import type { Driver, DriverOptions } from './driver.js';
import { launchPlaywright } from './playwrightDriver.js';
import { launchPuppeteer } from './puppeteerDriver.js';
import { launchWebKit } from './webKitDriver.js';

export const BROWSERS = ['chromium', 'firefox', 'webkit'] as const;

export type BrowserName = (typeof BROWSERS)[number];

/** Starts a browser of this system, installed if need be. */
export async function launchDriver(name: BrowserName, options: DriverOptions = {}): Promise<Driver> {
  switch (name) {
    case 'chromium':
      return launchPuppeteer({
        browser: 'chrome',
        executablePath: await findChromium(),
        args: [...chromiumArguments(), '--window-size=1280,900'],
      });
    case 'firefox': {
      const { path, patched } = await findFirefox();
      const preferences = { 'privacy.globalprivacycontrol.enabled': options.globalPrivacyControl ?? false };
      return patched
        ? launchPlaywright(firefox, { firefoxUserPrefs: preferences })
        : launchPuppeteer({ browser: 'firefox', executablePath: path, extraPrefsFirefox: preferences });
    }
    case 'webkit': {
      const found = await findWebKit();
      return found.kind === 'webdriver' ? launchWebKit(found) : launchPlaywright(webkit);
    }
  }
}
