import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';
import { build } from 'esbuild';
import type { Driver } from '../drivers/driver.js';
import { type BrowserName, launchDriver } from '../drivers/launchDriver.js';
import { openShop, type Shop, type View } from '../shop.js';
import { type FaultProxy, startFaultProxy } from './faultProxy.js';
import type { Setup } from './setups.js';

export { expect };

declare global {
  /** The agent's public calls. Each copy of them in a page speaks to the one agent of that page. */
  var rumApi: typeof import('@rumkit/react-rum/agent');
}

type Event = Awaited<ReturnType<Shop['events']>>[number];

/** One visitor with a browser, a way to the shop that can be spoilt, and what the shop has stored of this visit. */
export interface Visit {
  readonly driver: Driver;
  readonly proxy: FaultProxy;
  /** Opens the setup's first page and waits until it can be used. */
  begin(setup: Setup): Promise<void>;
  /** Waits until the page shown is at a path. */
  arrive(path: string): Promise<void>;
  /** Oldest first. */
  views(): Promise<readonly View[]>;
  /** Oldest first. */
  events(type: Event['type']): Promise<readonly Event[]>;
}

interface Options {
  /** A script that each document runs before any of its own. */
  head: string;
  globalPrivacyControl: boolean;
}

interface WorkerFixtures {
  browserUnderTest: BrowserName;
  shop: Shop;
  api: string;
}

export const test = base.extend<{ visit: Visit } & Options, WorkerFixtures>({
  browserUnderTest: ['chromium', { option: true, scope: 'worker' }],
  head: ['', { option: true }],
  globalPrivacyControl: [false, { option: true }],

  api: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
    async ({}, use) => {
      const { outputFiles } = await build({
        stdin: {
          contents: "export * from '@rumkit/react-rum/agent'",
          resolveDir: fileURLToPath(new URL('.', import.meta.url)),
        },
        bundle: true,
        minify: true,
        format: 'iife',
        globalName: 'rumApi',
        target: 'es2020',
        write: false,
      });
      await use(outputFiles[0]?.text ?? '');
    },
    { scope: 'worker' },
  ],

  // One for all tests of a browser: each visit has an origin of its own and looks at its own time only.
  shop: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'rum-shop-'));
      const { shop, close } = await openShop(`file:${join(folder, 'rum.db')}`);
      await use(shop);
      await close();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  visit: async ({ api, shop, head, browserUnderTest, globalPrivacyControl }, use, testInfo) => {
    const since = Date.now();
    const proxy = await startFaultProxy(shop.url, `${api};${head}`);
    const driver = await launchDriver(browserUnderTest, { globalPrivacyControl });
    const visit: Visit = {
      driver,
      proxy,
      async begin(setup) {
        await driver.open(proxy.url + setup.first.path);
        await setup.ready(driver);
      },
      async arrive(path) {
        // Between two documents there is none to ask.
        await expect(async () => expect(await driver.evaluate(() => location.pathname)).toBe(path)).toPass();
      },
      views: async () => (await shop.views()).filter(({ startedAt }) => startedAt >= since),
      events: async (type) =>
        (await shop.events()).filter((event) => event.type === type && event.occurredAt >= since),
    };
    await use(visit);
    await testInfo.attach('requests to the collector', { body: proxy.toCollector.join('\n') });
    await testInfo.attach('what became of them', { body: proxy.outcomes.join('\n') });
    await testInfo.attach('what the shop has printed', { body: shop.output() });
    await driver.kill();
    await proxy.close();
  },
});
