import { expect, place, test, turnAway } from './shop.js';

test('an optional catch-all keeps one template, and each path is a view', async ({ page, shop }) => {
  await page.goto(`${shop.url}/guides`);
  await page.getByRole('link', { name: 'Warm or cold?' }).click();
  await expect(page.getByRole('heading', { name: 'Warm or cold?' })).toBeVisible();
  await page.getByRole('link', { name: 'All guides' }).click();
  await expect(page.getByRole('heading', { name: 'Guides', level: 1 })).toBeVisible();
  await turnAway(page);

  await expect(async () => {
    expect((await shop.views()).map(place)).toEqual([
      ['/guides/[[...slug]]', '/guides', 'app'],
      ['/guides/[[...slug]]', '/guides/light/warm-or-cold', 'app'],
      ['/guides/[[...slug]]', '/guides', 'app'],
    ]);
  }).toPass();
});

test('an intercepted route is named as Next names it, and its page by its own name', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/catalogue`);
  await page.getByRole('link', { name: 'Quick view of Ember' }).click();
  const dialog = page.getByRole('dialog', { name: 'Quick view' });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(`${shop.url}/catalogue`);
  await page.goto(`${shop.url}/product/ember/quick`);
  await turnAway(page);

  await expect(async () => {
    expect((await shop.views()).map(place)).toEqual([
      ['/catalogue', '/catalogue', 'app'],
      ['/(.)product/[id]/quick', '/product/ember/quick', 'app'],
      ['/catalogue', '/catalogue', 'app'],
      ['/product/[id]/quick', '/product/ember/quick', 'app'],
    ]);
    expect((await shop.events()).map(({ name, route }) => [name, route])).toEqual([
      ['quick_view', '/(.)product/[id]/quick'],
    ]);
  }).toPass();
});

test('the Pages Router is followed', async ({ page, shop }) => {
  await page.goto(`${shop.url}/legacy/orders`);
  await page.getByRole('link', { name: 'L-1187' }).click();
  await expect(page.getByRole('heading', { name: 'Order L-1187' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Past orders' })).toBeVisible();
  await turnAway(page);

  await expect(async () => {
    const views = await shop.views();
    expect(views.map(place)).toEqual([
      ['/legacy/orders', '/legacy/orders', 'pages'],
      ['/legacy/orders/[orderId]', '/legacy/orders/L-1187', 'pages'],
      ['/legacy/orders', '/legacy/orders', 'pages'],
    ]);
    expect(views.map((view) => view.navigationType)).toEqual(['navigate', 'client', 'client']);
  }).toPass();
});

test('prefetching links is no view, and a query is no route', async ({ page, shop }) => {
  await page.goto(shop.url);
  await page.getByRole('link', { name: 'Catalogue' }).hover();
  await page.waitForLoadState('networkidle');
  await page.goto(`${shop.url}/search`);
  await page.getByRole('searchbox').fill('reading');
  await expect(page.getByText('One lamp')).toBeVisible();
  await turnAway(page);

  await expect(async () => {
    expect((await shop.views()).map(place)).toEqual([
      ['/', '/', 'app'],
      ['/search', '/search', 'app'],
    ]);
    expect((await shop.events()).map(({ name, data }) => [name, JSON.parse(data ?? 'null')])).toEqual([
      ['search', { properties: { results: 1 } }],
    ]);
  }).toPass();
});

test('a page without React is measured by the script tag', async ({ page, shop }) => {
  await page.goto(`${shop.url}/static.html`);
  await page.evaluate(() => {
    const { rum } = globalThis as unknown as { rum: { track(name: string): void } };
    rum.track('press_kit');
  });
  await turnAway(page);

  await expect(async () => {
    const views = await shop.views();
    expect(views.map(place)).toEqual([['/static.html', '/static.html', 'none']]);
    expect(views[0]?.fcp).toBeGreaterThan(0);
    expect((await shop.events()).map(({ name, route }) => [name, route])).toEqual([
      ['press_kit', '/static.html'],
    ]);
  }).toPass();
});
