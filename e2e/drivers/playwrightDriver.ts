import type { BrowserType, LaunchOptions, Page } from '@playwright/test';
import type { Driver } from './driver.js';

/**
 * Starts Playwright's own build of a browser, where the system's cannot be had. Its pages believe that somebody always
 * looks at them, so `hide` tells them the opposite.
 */
export async function launchPlaywright(type: BrowserType, options: LaunchOptions = {}): Promise<Driver> {
  const server = await type.launchServer(options);
  const browser = await type.connect(server.wsEndpoint());
  const context = await browser.newContext();
  let page: Page | undefined;

  async function current(): Promise<Page> {
    page ??= await context.newPage();
    return page;
  }

  return {
    async open(url) {
      await (await current()).goto(url);
    },
    async reload() {
      await (await current()).reload();
    },
    async back() {
      await (await current()).goBack();
    },
    async click(selector) {
      await (await current()).click(selector);
    },
    async evaluate<Args extends readonly unknown[], Result>(
      run: (...args: Args) => Result | Promise<Result>,
      ...args: Args
    ) {
      const call = `(${run.toString()})(...${JSON.stringify(args)})`;
      return (await (await current()).evaluate(call)) as Result;
    },
    async hide() {
      await (await current()).evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      });
    },
    async closePage() {
      const closing = await current();
      page = undefined;
      const closed = closing.waitForEvent('close');
      await closing.close({ runBeforeUnload: true });
      await closed;
    },
    async quit() {
      await browser.close();
      await server.close();
    },
    kill: () => server.kill(),
  };
}
