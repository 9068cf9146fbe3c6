import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { ROOT } from '../scripts/lib/setup.mjs';
import { FROM, SECRET, TO } from './adminMatrixData.js';
import { type Matrix, matrixTest, SPAN, WHO, type Who } from './adminMatrixShop.js';
import { everyPage } from './everyPage.js';
import { settled } from './expectAccessible.js';
import { expect } from './shop.js';

const test = matrixTest([SECRET]);

/** A window of its own for each. */
async function enter(context: BrowserContext, shop: Matrix, who: Who): Promise<Page> {
  // Views of the admin are none that this is about.
  await context.addInitScript(() =>
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }),
  );
  const session = shop.headers[who].cookie?.split('=')[1];
  if (session !== undefined) {
    await context.addCookies([{ name: 'rum_session', value: session, url: shop.url }]);
  }
  return context.newPage();
}

for (const who of WHO) {
  test(`every page of the admin is shown to whom it may be: ${who}`, async ({ browser, shop }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext();
    const page = await enter(context, shop, who);
    const answered: [path: string, status: number][] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/api/rum/')) answered.push([pathname, response.status()]);
    });
    for (const [name, path] of everyPage(shop.ids)) {
      answered.length = 0;
      await page.goto(`${shop.url}/admin/rum${path}?${SPAN}${who === 'link' ? `#${shop.token}` : ''}`);
      if (who === 'viewer' || who === 'admin') {
        await expect(page.getByRole('navigation', { name: 'Admin' }), name).toBeVisible();
        await settled(page);
        await expect(page.getByRole('heading', { level: 1 }), name).not.toHaveText('');
        expect(
          answered.filter(([, status]) => status >= 400),
          name,
        ).toEqual([]);
        continue;
      }
      await expect(page.getByLabel('Password'), name).toBeVisible();
      await settled(page);
      await expect(page.locator('.rum-admin').locator('table, dl, article, nav'), name).toHaveCount(0);
      expect(await page.content(), name).not.toContain(SECRET);
      expect(
        answered.filter(([, status]) => status < 400),
        name,
      ).toEqual([]);
    }
    await context.close();
  });
}

test('a link shows its board and nothing else, and nobody else is shown it', async ({ browser, shop }) => {
  for (const who of WHO) {
    const context = await browser.newContext();
    const page = await enter(context, shop, who);
    await page.goto(`${shop.url}/admin/rum/shared${who === 'link' ? `#${shop.token}` : ''}`);
    if (who === 'link') {
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('For everybody');
      const within = shop.stored.filter(({ startedAt }) => startedAt >= FROM && startedAt < TO);
      await expect(page.locator('.rum-board-figure strong')).toHaveText(String(within.length));
    } else await expect(page.getByRole('heading', { name: 'This link leads nowhere' })).toBeVisible();
    await settled(page);
    expect(await page.content(), who).not.toContain(SECRET);
    await context.close();
  }
});

/** Everything that the demo serves. What is not here is nobody's yet: say first who may see it. */
const BUILT: { readonly [kind in 'rum' | 'shop' | 'framework']: readonly string[] } = {
  rum: ['/admin/rum/[[...rum]]', '/api/rum/[...rum]'],
  shop: [
    '/',
    '/(.)product/[id]/quick',
    '/api/checkout',
    '/api/noop',
    '/api/parcels/[orderId]',
    '/api/search',
    '/cart',
    '/catalogue',
    '/checkout',
    '/guides/[[...slug]]',
    '/lamp-of-the-week',
    '/legacy/orders',
    '/legacy/orders/[orderId]',
    '/privacy',
    '/product/[id]',
    '/product/[id]/quick',
    '/sale',
    '/search',
    '/support',
    '/team',
  ],
  framework: ['/404', '/_app', '/_document', '/_error', '/_global-error', '/_not-found'],
};

test('the build has no route that is not in the matrix, and the shop’s own tell nothing', async ({
  browser,
  shop,
}) => {
  const built = join(ROOT, 'apps/demo/.next');
  const app: object = JSON.parse(await readFile(join(built, 'app-path-routes-manifest.json'), 'utf8'));
  const pages: object = JSON.parse(await readFile(join(built, 'server/pages-manifest.json'), 'utf8'));
  const found = new Set([...Object.values(app), ...Object.keys(pages)]);
  expect([...found].sort()).toEqual(Object.values(BUILT).flat().sort());

  for (const route of BUILT.shop) {
    const path = route.replaceAll(/\[+(\.\.\.)?\w+\]+/g, '1');
    for (const who of ['anonymous', 'link'] as const) {
      const answer = await fetch(`${shop.url}${path}`, { headers: shop.headers[who] });
      expect(answer.status, route).toBeLessThan(500);
      expect(await answer.text(), `${route} for ${who}`).not.toContain(SECRET);
    }
  }
  // Where pieces of the admin are, once they had time to ask.
  const context = await browser.newContext();
  const page = await enter(context, shop, 'anonymous');
  await page.goto(`${shop.url}/team`);
  await settled(page);
  await expect(page.locator('.rum-admin').first()).toBeVisible();
  await expect(page.locator('.rum-admin').locator('table, dl, article')).toHaveCount(0);
  expect(await page.content()).not.toContain(SECRET);
  await context.close();
});
