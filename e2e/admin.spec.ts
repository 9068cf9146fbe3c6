import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, openShop, PASSWORD, signIn, test, turnAway } from './shop.js';

const DATA_ROUTES = [
  'admin/overview',
  'admin/overview?audience=bots',
  'admin/vital?metric=lcp',
  'admin/breakdown?dimension=route',
  'admin/breakdown?dimension=route&format=csv',
  'admin/causes?metric=lcp',
  'admin/values?dimension=route',
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
    await expect(page.getByRole('region', { name: 'Live' }).getByRole('listitem').first()).toHaveText(
      /^\/product\/\[id\]/,
    );
    await page.getByRole('link', { name: 'Pages' }).click();
    await expect(page.getByRole('rowheader')).toHaveText('/product/[id]');
    await page.getByRole('link', { name: 'Overview' }).click();

    await page.getByRole('radio', { name: 'Bots' }).press('ArrowLeft');
    await expect(page.getByText('No visits in this range')).toBeVisible();
    await expect(page.getByText('Waiting for a visitor')).toBeVisible();
    await page.getByRole('link', { name: 'Health', exact: true }).click();
    await expect(page.getByRole('region', { name: 'What came in' })).toContainText('Rollups OK');
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
});
