import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  test as base,
  type Page,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from '@playwright/test';
import { PASSWORD, type Shop } from './shop.js';

interface Opened<S extends Shop> {
  readonly shop: S;
  close(): Promise<void>;
}

type AdminTest<S extends Shop> = TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & { readonly admin: Page },
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & { readonly shop: S; readonly session: string }
>;

/**
 * Scenarios of one shop: `admin` is a page of whoever has signed in.
 *
 * @param open Starts the shop on a database of its own, once.
 */
export function adminTest<S extends Shop>(open: (database: string) => Promise<Opened<S>>): AdminTest<S> {
  return base.extend<{ admin: Page }, { shop: S; session: string }>({
    shop: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
      async ({}, use) => {
        const folder = await mkdtemp(join(tmpdir(), 'rum-admin-'));
        const { shop, close } = await open(`file:${join(folder, 'rum.db')}`);
        await use(shop);
        await close();
        await rm(folder, { recursive: true, force: true });
      },
      { scope: 'worker' },
    ],
    session: [
      async ({ shop }, use) => {
        const response = await fetch(`${shop.url}/api/rum/admin/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: shop.url },
          body: JSON.stringify({ password: PASSWORD }),
        });
        const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
        await use(cookie.slice(cookie.indexOf('=') + 1));
      },
      { scope: 'worker' },
    ],
    admin: async ({ page, shop, session }, use) => {
      await page.context().addCookies([{ name: 'rum_session', value: session, url: shop.url }]);
      await use(page);
    },
  });
}
