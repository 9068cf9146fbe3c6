import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { FROM, fillVisits, TO } from './adminPathsData.js';
import { openShop, type Shop, signIn } from './shop.js';

export { expect };

/** The time of the visits, as the admin's address has it. */
export const SPAN: string = `from=${FROM}&to=${TO}&tz=utc`;

/** A shop with known visits. */
export const test = base.extend<{ readonly shop: Shop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  shop: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'rum-visits-'));
    const database = `file:${join(folder, 'rum.db')}`;
    await fillVisits(database);
    const { shop, close } = await openShop(database);
    await use(shop);
    await close();
    await rm(folder, { recursive: true, force: true });
  },
});

export async function enter(page: Page, shop: Shop): Promise<void> {
  await signIn(page, shop);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
}
