import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, openShop, PASSWORD, signIn, test, turnAway } from './shop.js';

const DATA_ROUTES = [
  'admin/overview',
  'admin/overview?audience=bots',
  'admin/routes',
  'admin/live',
  'health?details',
];

test('without sign-in neither the page nor any data route gives anything away', async ({
  page,
  request,
  shop,
}) => {
  await page.goto(`${shop.url}/product/product`);
  await turnAway(page);
  await expect(async () => expect(await shop.views()).toHaveLength(1)).toPass();

  for (const route of DATA_ROUTES) {
    const response = await request.get(`${shop.url}/api/rum/${route}`);
    expect(response.status(), route).toBe(401);
    expect(await response.text()).not.toContain('/product/product');
  }
  const document = await request.get(`${shop.url}/admin/rum`);
  expect(await document.text()).not.toContain('/product/product');
  // The answers of a server that was asked with a made-up cookie, as one that trusts its presence would not see.
  const forged = {
    cookie: 'rum_session=99999999999999.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  };
  for (const route of DATA_ROUTES) {
    const response = await request.get(`${shop.url}/api/rum/${route}`, { headers: forged });
    expect(response.status(), route).toBe(401);
  }
});

test('a wrong password is refused, the right one opens the page until sign-out', async ({
  context,
  page,
  shop,
}) => {
  await signIn(page, shop, `${PASSWORD}!`);
  await expect(page.getByRole('alert').filter({ hasText: 'not the password' })).toBeVisible();
  expect(await context.cookies()).toEqual([]);

  await signIn(page, shop);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ name: 'rum_session', httpOnly: true, sameSite: 'Strict' });
  const overview = await page.request.get(`${shop.url}/api/rum/admin/overview`);
  expect(overview.status()).toBe(200);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Password')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Password')).toBeVisible();
});

test('the store works in a thread of its own, so that no request of the shop waits for it', async ({
  page,
  shop,
}) => {
  await signIn(page, shop);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const health = await page.request.get(`${shop.url}/api/rum/health?details`);
  expect((await health.json()).store).toMatchObject({ state: 'ok', thread: { state: 'own' } });
});

test('the admin fits a phone and nothing moves while it loads', async ({ browser, page, shop }) => {
  await page.goto(`${shop.url}/product/product`);
  await page.getByRole('link', { name: 'Catalogue' }).click();
  await turnAway(page);
  await expect(async () => expect(await shop.views()).toHaveLength(2)).toPass();

  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme });
    await context.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
        })[]) {
          if (!entry.hadRecentInput) shifts.push(entry.value);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const phone = await context.newPage();
    const settled = async () => {
      await phone.waitForLoadState('networkidle');
      expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      expect(await phone.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts)).toEqual([]);
    };
    await phone.goto(`${shop.url}/admin/rum`);
    await settled();
    await signIn(phone, shop);
    await expect(phone.getByRole('region', { name: 'Routes table' }).getByRole('row')).toHaveCount(3);
    await settled();
    await phone.reload();
    await expect(phone.getByRole('region', { name: 'Routes table' }).getByRole('row')).toHaveCount(3);
    await settled();
    await phone.screenshot({ path: test.info().outputPath(`phone-${colorScheme}.png`), fullPage: true });
    await context.close();
  }
});

test('the visit of a driven browser is kept apart, and the admin leads to it', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'rum-bots-'));
  const { shop, close } = await openShop(`file:${join(folder, 'rum.db')}`, { RUM_BOTS: 'apart' });
  try {
    await page.goto(`${shop.url}/product/product`);
    await signIn(page, shop);
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
    await expect
      .poll(async () => {
        const overview = await page.request.get(`${shop.url}/api/rum/admin/overview`);
        const { totals, bots } = await overview.json();
        return [totals.views, bots.views];
      })
      .toEqual([0, 1]);
    expect(await shop.views()).toEqual([]);

    await page.reload();
    await expect(page.getByText('1 view by bots and driven browsers is kept apart')).toBeVisible();
    await page.getByRole('button', { name: 'Show them' }).press('Enter');
    await expect(page.getByRole('heading', { name: 'Overview of bots' })).toBeFocused();
    expect(new URL(page.url()).search).toBe('?audience=bots');
    await expect(page.getByRole('rowheader')).toHaveText('/product/[id]');
    await expect(page.getByRole('region', { name: 'Latest views' }).getByRole('listitem')).toHaveCount(1);

    await page.getByRole('radio', { name: 'Bots' }).press('ArrowLeft');
    await expect(page.getByText('No visits in this range')).toBeVisible();
    await expect(page.getByText('Waiting for a visitor')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Data health' })).toContainText('Rollups OK');
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
});
