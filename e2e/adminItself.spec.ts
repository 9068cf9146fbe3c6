import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { defineRum } from '@rumkit/next-rum';
import { settled } from './expectAccessible.js';
import { expect, openShop, type Shop, signIn, type View } from './shop.js';
import { count, near } from './shownFigures.js';

interface Measured {
  readonly shop: Shop;
  /** Views of the admin's own pages, oldest first. */
  readonly adminViews: () => Promise<readonly View[]>;
}

const test = base.extend<{ readonly measured: Measured }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  measured: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'rum-itself-'));
    const database = `file:${join(folder, 'rum.db')}`;
    const { shop, close } = await openShop(database);
    await use({
      shop,
      adminViews: async () => {
        const store = await defineRum({ database }).store();
        const everything = { app: 'default-admin', from: 0, to: Date.now() + 60_000 };
        return (await store.views(everything, 1000)).toReversed();
      },
    });
    await close();
    await rm(folder, { recursive: true, force: true });
  },
});

test('the admin is measured apart from the shop, and shows how it does itself', async ({
  measured,
  page,
}) => {
  const { shop, adminViews } = measured;
  await page.goto(`${shop.url}/cart`);
  await signIn(page, shop);
  await page.getByRole('navigation', { name: 'Admin' }).getByRole('link', { name: 'Pages' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Pages');
  await page.getByRole('navigation', { name: 'Admin' }).getByRole('link', { name: 'Settings' }).click();
  await settled(page);
  const link = page.getByRole('link', { name: 'How this admin does' });
  await expect
    .poll(async () => (await adminViews()).map(({ path }) => path))
    .toContain('/admin/rum/settings');

  // From another window, whose own views come later.
  await page.goto('about:blank');
  await expect.poll(async () => (await adminViews()).some(({ inp }) => inp !== null)).toBe(true);
  const views = await adminViews();
  expect(new Set(views.map(({ path }) => path))).toEqual(
    new Set(['/admin/rum', '/admin/rum/pages', '/admin/rum/settings']),
  );
  expect((await shop.views()).map(({ path }) => path)).toEqual(['/cart']);

  await page.route(/\/api\/rum\/batch/, (route) => route.abort());
  await page.goto(`${shop.url}/admin/rum/settings`);
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview of the admin');
  await expect(page.getByRole('radio', { name: 'Admin' })).toBeChecked();
  await expect(page.locator('.rum-traffic dl div', { hasText: 'Views' }).locator('dd')).toHaveText(
    count(views.length),
  );
  const inp = views.flatMap((view) => view.inp ?? []).sort((a, b) => a - b);
  const card = page.getByRole('article', { name: /^INP/ });
  await expect(card).toContainText(`n = ${count(inp.length)}`);
  await near(card.locator('strong'), inp[Math.ceil(0.75 * inp.length) - 1] ?? Number.NaN, 'inp');

  await page.getByText('Visitors', { exact: true }).click();
  await expect(page.locator('.rum-traffic dl div', { hasText: 'Views' }).locator('dd')).toHaveText('1');
  await expect(page.getByRole('radio', { name: 'Admin' })).toHaveCount(0);
});
