import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type LaunchOptions, type Page } from 'puppeteer-core';
import type { Driver } from './driver.js';

const TIMEOUT_MS = 30_000;

/**
 * Starts a browser with a fresh profile and drives it through Puppeteer: Chromium by its DevTools protocol, Firefox by
 * WebDriver BiDi. Unlike Playwright's, its pages know when nobody looks at them.
 */
export async function launchPuppeteer(options: LaunchOptions): Promise<Driver> {
  const home = await mkdtemp(join(tmpdir(), 'rum-browser-'));
  const browser = await puppeteer.launch({
    defaultViewport: null,
    env: { ...process.env, HOME: home },
    protocolTimeout: TIMEOUT_MS,
    ...options,
  });
  const child = browser.process();
  if (!child?.pid) throw new Error('Puppeteer did not start this browser.');
  const { pid } = child;
  let page: Page | undefined;

  /** The first tab stays empty, so that closing the page leaves the browser open. */
  async function current(): Promise<Page> {
    if (!page) {
      page = await browser.newPage();
      page.setDefaultTimeout(TIMEOUT_MS);
    }
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
      // Puppeteer's own way waits for a load, and Firefox tells of none where it had kept the document.
      await (await current()).evaluate('setTimeout(() => history.back())');
    },
    async click(selector) {
      await (await current()).locator(selector).click();
    },
    async evaluate<Args extends readonly unknown[], Result>(
      run: (...args: Args) => Result | Promise<Result>,
      ...args: Args
    ) {
      const call = `(${run.toString()})(...${JSON.stringify(args)})`;
      return (await (await current()).evaluate(call)) as Result;
    },
    async hide() {
      const hidden = await current();
      await (await browser.newPage()).bringToFront();
      await hidden.waitForFunction("document.visibilityState === 'hidden'", { polling: 50 });
    },
    async closePage() {
      const closing = await current();
      page = undefined;
      const closed = new Promise((resolve) => closing.once('close', resolve));
      await closing.close({ runBeforeUnload: true });
      await closed;
    },
    async quit() {
      await browser.close();
      await rm(home, { recursive: true, force: true });
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        // Puppeteer starts a browser as the head of a process group.
        process.kill(-pid, 'SIGKILL');
        await ended;
      }
      await rm(home, { recursive: true, force: true });
    },
  };
}
