import { expect, test } from '@playwright/test';
import type {} from '@rumkit/react-rum/script.js';
import type { Driver } from '../drivers/driver.js';
import { launchDriver } from '../drivers/launchDriver.js';
import { openSite } from './site.js';

const SCRIPT = `<script src="/rum/script.js" data-endpoint="/api/rum" data-privacy="consent"
  data-consent="granted" data-offline="true" data-debug="true"></script>`;
const PAGES = {
  '/': { html: `<!doctype html><title>Plain</title>${SCRIPT}<h1>Plain</h1>` },
  '/later': {
    html: `<!doctype html><title>Later</title><script>
      const { now } = Date;
      Date.now = () => now() + 61_000;
    </script>${SCRIPT}<h1>Later</h1>`,
  },
};

for (const name of ['firefox', 'webkit'] as const) {
  test(`${name} keeps what could not be sent, shows the overlay, and forgets on demand`, async () => {
    test.setTimeout(120_000);
    const site = await openSite(PAGES);
    const driver = await launchDriver(name);
    try {
      await driver.open(site.url);
      await expect.poll(() => databases(driver)).toEqual(['rum.offline']);
      await expect.poll(() => isIgnoredAtCorner(driver)).toBe(true);
      site.collector = 'down';
      await driver.evaluate(() => window.rum?.track?.('first'));
      await flush(driver);
      await driver.evaluate(() => window.rum?.track?.('second'));
      await driver.open(`${site.url}/later`);
      site.collector = 'up';
      await expect.poll(() => site.storedNames(), { timeout: 30_000 }).toEqual(['first', 'second']);

      await driver.evaluate(() => window.rum?.setConsent?.('denied'));
      await expect.poll(() => databases(driver)).toEqual([]);
      await expect.poll(() => isIgnoredAtCorner(driver)).toBe(false);
    } finally {
      await driver.quit();
      await site.close();
    }
  });
}

async function flush(driver: Driver): Promise<void> {
  await driver.evaluate(async () => {
    const page = globalThis as { [name: symbol]: { agent: { flush(): Promise<void> } } };
    await page[Symbol.for('rumkit.agent')]?.agent.flush();
  });
}

function databases(driver: Driver): Promise<readonly (string | undefined)[]> {
  return driver.evaluate(async () => (await indexedDB.databases()).map(({ name: database }) => database));
}

/** The overlay lies in a corner of the window. */
function isIgnoredAtCorner(driver: Driver): Promise<boolean> {
  return driver.evaluate(
    () => document.elementFromPoint(innerWidth - 60, innerHeight - 24)?.matches('[data-rum-ignore]') ?? false,
  );
}
