import type { Page } from '@playwright/test';
import { dataOf, expect, menu, type Shop, test, turnAway } from './shop.js';

test('a form is stored as begun and given up, then as submitted, and never what is in it', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/product/product`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'Cart' }).click();
  await page.getByRole('link', { name: 'Check out' }).click();
  await page.getByLabel('Name').fill('Ada Lovelace');
  await menu(page, 'Guides');
  await page.getByRole('link', { name: 'Cart' }).click();
  await page.getByRole('link', { name: 'Check out' }).click();
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('Address').fill('12 Marylebone Road');
  await page.getByRole('button', { name: 'Pay' }).click();
  await expect(page.getByText('Thank you.')).toBeVisible();
  await turnAway(page);

  await expect(async () => {
    expect(await timings(shop, 'form')).toEqual([
      ['checkout', '/checkout', { outcome: 'abandoned', attempt: 1, fields: ['name'], lastField: 'name' }],
      [
        'checkout',
        '/checkout',
        { outcome: 'submitted', attempt: 1, fields: ['name', 'address'], lastField: 'address' },
      ],
    ]);
  }).toPass();
  expect(JSON.stringify(await shop.events())).not.toMatch(/Lovelace|Marylebone/);
});

test('an experiment is stored with its variant, and a promotion with how long it was seen', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/guides`);
  await menu(page, 'Sale');
  const banner = await page.getByText('20 % off').textContent();
  // Longer than something must be seen to have been seen.
  await page.waitForTimeout(1500);
  await menu(page, 'Guides');
  await turnAway(page);

  await expect(async () => {
    const flags = await shop.events('flag');
    expect(flags.map((flag) => [flag.name, flag.route, dataOf(flag).variant])).toEqual([
      ['sale_banner', '/sale', banner?.includes('enough') ? 'calm' : 'hurry'],
    ]);
    expect(await timings(shop, 'visible')).toEqual([['sale_banner', '/sale', { first: true }]]);
  }).toPass();
});

test('a list is stored with how long it renders, and a search with how long it takes', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/catalogue`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'globe' }).click();
  await page.getByRole('button', { name: 'all' }).click();
  await menu(page, 'Search');
  await page.getByRole('searchbox').fill('reading');
  await expect(page.getByText('One lamp')).toBeVisible();
  await turnAway(page);

  await expect(async () => {
    expect(await timings(shop, 'render')).toEqual([
      ['catalogue', '/catalogue', { phase: 'mount' }],
      ['catalogue', '/catalogue', { phase: 'update', count: 2 }],
    ]);
    expect(await timings(shop, 'custom')).toEqual([['search', '/search', { results: 1 }]]);
  }).toPass();
});

test('queries are stored by kind: what was fetched, and what was served from the cache', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/legacy/orders`);
  await openOrder(page, 'L-1187');
  await page.getByRole('link', { name: 'All orders' }).click();
  await openOrder(page, 'L-1187');
  await page.getByRole('link', { name: 'All orders' }).click();
  await openOrder(page, 'L-2001');
  await turnAway(page);

  await expect(async () => {
    const route = '/legacy/orders/[orderId]';
    const fetched = { operation: 'query', status: 'success', cacheHit: false, retries: 0 };
    const all = await timings(shop, 'query');
    expect(all.filter(([, , { count }]) => !count)).toEqual([
      ['parcel/:id', route, fetched],
      ['parcel/:id', route, fetched],
    ]);
    expect(all.filter(([, , { count }]) => count).map(([name, , properties]) => [name, properties])).toEqual([
      ['parcel/:id', { operation: 'query', cacheHit: true, count: 1 }],
    ]);
    const requests = (await shop.events('resource')).filter(({ name }) => name.startsWith('/api/'));
    expect(requests.map(({ name }) => name)).toEqual(['/api/parcels/*', '/api/parcels/*']);
  }).toPass();
});

/** Timings of one kind: name, route and properties. */
async function timings(
  shop: Shop,
  kind: string,
): Promise<(readonly [name: string, route: string, properties: { readonly [name: string]: unknown }])[]> {
  const events = (await shop.events('timing')).filter((event) => dataOf(event).kind === kind);
  return events.map((event) => [
    event.name,
    event.route,
    dataOf(event).properties as { readonly [name: string]: unknown },
  ]);
}

async function openOrder(page: Page, id: string): Promise<void> {
  await page.getByRole('link', { name: id }).click();
  await expect(page.getByText('Delivered, and still shining.')).toBeVisible();
}
