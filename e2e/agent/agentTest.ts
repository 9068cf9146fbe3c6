import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { freePort } from '../../scripts/lib/freePort.mjs';
import { type Site, startSite } from './site.js';

export { expect };

/** What no part of the agent may ever do, whatever a test is about. */
interface Fixtures {
  readonly site: Site;
  /** Messages of uncaught exceptions and rejections in the page. A test takes out those that it means to cause. */
  readonly pageErrors: string[];
}

export const test = base.extend<Fixtures, { visitor: BrowserContext }>({
  // Playwright makes the pages of its own contexts believe that they are always looked at, and turns off the cache from
  // which pages come back as they were left. The default context of a browser that is reached from outside is left as it is.
  visitor: [
    async ({ playwright, launchOptions }, use) => {
      const port = await freePort();
      const browser = await playwright.chromium.launch({
        ...launchOptions,
        ignoreDefaultArgs: ['--disable-back-forward-cache'],
        args: [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`, '--window-size=1280,900'],
      });
      const outside = await playwright.chromium.connectOverCDP(`http://127.0.0.1:${port}`, {
        noDefaults: true,
      });
      const [context] = outside.contexts();
      if (!context) throw new Error('This Chromium has no default context.');
      await use(context);
      await outside.close();
      await browser.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ visitor }, use) => {
    await use(visitor);
    // The last tab would take the browser with it.
    const [, ...others] = visitor.pages();
    for (const page of others) await page.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  site: async ({}, use) => {
    const site = await startSite();
    await use(site);
    expect(site.collector.rejected).toEqual([]);
    await site.close();
  },
  pageErrors: [
    async ({ page }, use) => {
      const messages: string[] = [];
      page.on('pageerror', ({ message }) => messages.push(message));
      await use(messages);
      expect(messages).toEqual([]);
    },
    { auto: true },
  ],
});

/** Turns to another tab, as a visitor does: the page is hidden and stays alive. */
export async function turnAway(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  await other.bringToFront();
  await page.waitForFunction(() => document.hidden, undefined, { polling: 50 });
  return other;
}
