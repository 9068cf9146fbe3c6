import { recordReferenceVitals, referenceVitals } from './referenceVitals.js';
import { dataOf, expect, lookOn, menu, place, test, turnAway, vitalsOf } from './shop.js';

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
    expect((await shop.events('custom')).map(({ name, route }) => [name, route])).toEqual([
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

test('prefetching links is no view, and a query is no route', async ({ context, page, shop }) => {
  await recordReferenceVitals(context);
  await page.goto(shop.url);
  await page.getByRole('link', { name: 'Catalogue' }).hover();
  await page.waitForLoadState('networkidle');
  await page.goto(`${shop.url}/search`);
  await page.getByRole('searchbox').click();
  await page.keyboard.type('reading');
  await expect(page.getByText('One lamp')).toBeVisible();
  await menu(page, 'Guides');
  await lookOn(page);
  await turnAway(page);
  const guides = (await referenceVitals(page)).at(-1);

  await expect(async () => {
    const views = await shop.views();
    expect(views.map(place)).toEqual([
      ['/', '/', 'app'],
      ['/search', '/search', 'app'],
      ['/guides/[[...slug]]', '/guides', 'app'],
    ]);
    // What the browser measured of another query is not told of the page after it.
    expect(guides?.path).toBe('/guides');
    expect(views[2] && vitalsOf(views[2])).toEqual(guides?.values);
    expect((await shop.events('custom')).map((event) => [event.name, dataOf(event)])).toEqual([
      ['search', { properties: { results: 1 } }],
    ]);
  }).toPass();
});

test('a page that redirects, however slowly, is no view, and the one where it ends says so', async ({
  context,
  page,
  shop,
}) => {
  await recordReferenceVitals(context);
  await page.goto(shop.url);
  await page.route('**/lamp-of-the-week*', async (route) => {
    await page.waitForTimeout(1500);
    await route.continue();
  });
  await page.getByRole('link', { name: 'Lamp of the week' }).click();
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeVisible();
  const { pathname } = new URL(page.url());
  await turnAway(page);
  const vitals = (await referenceVitals(page)).at(-1)?.values;

  await expect(async () => {
    const views = await shop.views();
    expect(views.map((view) => [...place(view), view.redirectedFrom])).toEqual([
      ['/', '/', 'app', null],
      ['/product/[id]', pathname, 'app', '/lamp-of-the-week'],
    ]);
    expect(views[1]).toMatchObject({ lcp: expect.any(Number), ...vitals });
  }).toPass();
});

test('a navigation that another one overtakes is cancelled', async ({ page, shop }) => {
  await page.goto(`${shop.url}/catalogue`);
  let answer: () => void = () => {};
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(
    ({ pathname }) => pathname === '/product/product',
    async (route) => {
      await slow;
      // Next may have given the request up.
      await route.continue().catch(() => {});
    },
  );
  await page.getByRole('link', { name: /^Product,/ }).click();
  await menu(page, 'Sale');
  answer();
  await turnAway(page);

  await expect(async () => {
    expect((await shop.views()).map(place)).toEqual([
      ['/catalogue', '/catalogue', 'app'],
      ['/sale', '/sale', 'app'],
    ]);
    const given = await shop.events('navigation');
    expect(given.map((event) => [event.name, event.route, dataOf(event)])).toEqual([
      ['/product/product', '/catalogue', { outcome: 'cancelled' }],
    ]);
    expect(given[0]?.duration).toBeGreaterThan(0);
  }).toPass();
});

test('a page without React is measured by the script tag, from before it is loaded', async ({
  page,
  shop,
}) => {
  await page.addInitScript(() => {
    // The document is parsed, the agent is not there yet.
    document.addEventListener(
      'readystatechange',
      () => {
        const { rum } = globalThis as unknown as { rum: { q: unknown[] } };
        rum.q.push(['track', 'early_bird', { worm: true }]);
        throw new RangeError('Up before the agent');
      },
      { once: true },
    );
  });
  await page.goto(`${shop.url}/static.html`, { waitUntil: 'networkidle' });
  await page.evaluate(() => {
    const { rum } = globalThis as unknown as { rum: { track(name: string): void } };
    rum.track('press_kit');
  });
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await turnAway(page);

  await expect(async () => {
    const views = await shop.views();
    expect(views.map(place)).toEqual([
      ['/static.html', '/static.html', 'none'],
      ['/', '/', 'app'],
    ]);
    expect(views.map(({ environment }) => environment)).toEqual(['press', null]);
    expect(views[0]?.fcp).toBeGreaterThan(0);
    const told = (await shop.events()).filter(
      ({ type, viewId }) => type !== 'resource' && viewId === views[0]?.id,
    );
    expect(told.map(({ type, name }) => [type, name]).sort()).toEqual([
      ['action', 'Back to the shop'],
      ['custom', 'early_bird'],
      ['custom', 'press_kit'],
      ['error', 'RangeError'],
    ]);
    const [error] = (await shop.events('error')).map(dataOf);
    expect(error).toMatchObject({ message: 'Up before the agent', source: 'reported' });
  }).toPass();
});
