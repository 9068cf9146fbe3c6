import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { defineRum } from '@rumkit/next-rum';
import { openShop } from '../shop.js';
import { type FaultProxy, startFaultProxy } from './faultProxy.js';
import { type Chromium, launchChromium } from './launchChromium.js';
import { type Ledger, readLedger } from './ledger.js';
import { SEED } from './random.js';

export { expect };

/** A collector on an empty database, the way to it, and a browser. */
export interface Delivery {
  readonly proxy: FaultProxy;
  readonly chromium: Chromium;
  /** The same profile in a new browser, in place of the one that was killed. */
  restart(): Promise<Chromium>;
  /** @param made How many events each page has made. */
  ledger(made: ReadonlyMap<string, number>): Promise<Ledger>;
  /** Shows the run's figures. */
  report(what: string, ledger: Ledger): void;
}

export const test = base.extend<{ delivery: Delivery }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  delivery: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'rum-delivery-'));
    const database = `file:${join(folder, 'rum.db')}`;
    const profile = join(folder, 'profile');
    const { shop, close } = await openShop(database);

    const proxy = await startFaultProxy(shop.url, SEED);
    let chromium = await launchChromium(profile);
    await use({
      proxy,
      chromium,
      async restart() {
        chromium = await launchChromium(profile);
        return chromium;
      },
      ledger: (made) => readLedger(database, made),
      report(what, { missing, ...ledger }) {
        const ranges = [...missing].flatMap(([page, numbers]) =>
          numbers.length > 0 ? [`${page} ${numbers.length} of ${numbers[0]}–${numbers.at(-1)}`] : [],
        );
        console.info(what, JSON.stringify({ seed: SEED, ...ledger, ...proxy.figures, missing: ranges }));
      },
    });
    await chromium.kill();
    await proxy.close();
    await (await defineRum({ database }).store()).close();
    await close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },
});
