import { expect, menu, place, test, turnAway } from './shop.js';

test('Global Privacy Control means no request and no row', async ({ context, page, shop }) => {
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });
  });
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/rum')) sent.push(request.url());
  });
  await page.goto(`${shop.url}/product/product`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'Support' }).click();
  await page.getByRole('button', { name: 'Flip the switch' }).click();
  await turnAway(page);
  await page.close({ runBeforeUnload: true });

  expect(sent).toEqual([]);
  expect(await shop.views()).toEqual([]);
  expect(await shop.events()).toEqual([]);
});

test('in strict mode nothing is kept in the browser', async ({ context, page, shop }) => {
  await page.goto(shop.url);
  await page.getByRole('link', { name: 'Catalogue' }).click();
  await turnAway(page);
  await expect(async () => expect(await shop.views()).toHaveLength(2)).toPass();

  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).toEqual(
    [],
  );
});

test('who opts out is not measured any more, on later pages neither, until they opt in again', async ({
  page,
  shop,
}) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/rum')) sent.push(request.url());
  });
  await page.goto(`${shop.url}/privacy`);
  const choice = page.getByRole('checkbox', { name: 'Measure my visits' });
  await expect(choice).toBeChecked();
  await choice.uncheck();
  await expect(page.getByText('Off. Nothing is recorded')).toBeVisible();
  const before = sent.length;

  await menu(page, 'Support');
  await page.getByRole('button', { name: 'Flip the switch' }).click();
  for (const path of ['/catalogue', '/legacy/orders', '/static.html', '/privacy']) {
    await page.goto(shop.url + path, { waitUntil: 'networkidle' });
  }
  await expect(choice).not.toBeChecked();
  expect(sent.slice(before)).toEqual([]);
  const stored = (await shop.views()).length;

  await choice.check();
  await expect(page.getByText('On. Thank you.')).toBeVisible();
  await menu(page, 'Guides');
  await turnAway(page);
  await expect(async () => {
    expect((await shop.views()).slice(stored).map(place)).toEqual([
      ['/privacy', '/privacy', 'app'],
      ['/guides/[[...slug]]', '/guides', 'app'],
    ]);
  }).toPass();
  expect(await shop.events('error')).toEqual([]);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});
