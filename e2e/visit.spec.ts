import { recordReferenceVitals, referenceVitals } from './referenceVitals.js';
import {
  dataOf,
  expect,
  lookOn,
  menu,
  place,
  type Shop,
  signIn,
  test,
  turnAway,
  VITALS,
  vitalsOf,
} from './shop.js';

const PLACES = [
  ['/', '/', 'app'],
  ['/catalogue', '/catalogue', 'app'],
  ['/product/[id]', '/product/product', 'app'],
  ['/sale', '/sale', 'app'],
  ['/guides/[[...slug]]', '/guides', 'app'],
  ['/support', '/support', 'app'],
] as const;

test('a visit is stored exactly as it happened, and the admin shows it', async ({
  context,
  page,
  shop,
}, testInfo) => {
  await recordReferenceVitals(context);
  const before = Date.now();

  await test.step('load, five navigations, clicks, two errors', async () => {
    await page.goto(shop.url, { waitUntil: 'networkidle' });
    await menu(page, 'Catalogue');
    await page.mouse.move(640, 400);
    await page.mouse.wheel(0, 10_000);
    await page.waitForFunction(
      () => scrollY + innerHeight >= document.documentElement.scrollHeight - 1 && scrollY > 0,
    );
    await page.getByRole('link', { name: /^Product,/ }).click();
    await expect(page.getByRole('heading', { name: 'Product', level: 1 })).toBeVisible();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('button', { name: 'In your cart' }).click();
    await menu(page, 'Sale');
    await expect(page.getByText('20 % off')).toBeVisible();
    await menu(page, 'Guides');
    await menu(page, 'Support');
    await page.getByRole('button', { name: 'Flip the switch' }).click();
    await page.getByRole('button', { name: 'Ask the bulb' }).click();
    await lookOn(page);
  });
  await turnAway(page);
  const expected = await referenceVitals(page);
  expect(expected.map(({ path, isSoft }) => [path, isSoft])).toEqual(
    PLACES.map(([, path], index) => [path, index > 0]),
  );

  await test.step('the views are in the database, each with the vitals of its own navigation', async () => {
    await expect(async () => {
      const views = await shop.views();
      expect(views.map(place)).toEqual(PLACES);
      for (const [index, view] of views.entries()) {
        expect(vitalsOf(view), view.path).toEqual(expected[index]?.values);
        expect(view).toMatchObject({
          navigationType: index === 0 ? 'navigate' : 'client',
          previousViewId: views[index - 1]?.id ?? null,
          device: 'desktop',
          automated: true,
          sample: false,
        });
        expect(view.startedAt).toBeGreaterThanOrEqual(before);
        expect(view.startedAt).toBeLessThanOrEqual(Date.now());
      }
      expect(new Set(views.map((view) => view.visitor)).size).toBe(1);
    }).toPass();
  });

  await test.step('so are how long they took and how much of them was seen', async () => {
    const [load, catalogue, ...others] = await shop.views();
    expect(load).toMatchObject({ loadingTime: expect.any(Number), routeChangeTime: null });
    expect(load?.loadingTime).toBeGreaterThanOrEqual(load?.fcp ?? Number.NaN);
    expect(load?.scrollDepth).toBeGreaterThan(0);
    expect(load?.scrollDepth).toBeLessThan(1);
    expect(catalogue?.scrollDepth).toBeCloseTo(1, 2);
    for (const view of [load, catalogue, ...others]) {
      expect(view?.visibleDuration).toBeGreaterThan(0);
      expect(view?.visibleDuration).toBeLessThanOrEqual(view?.duration ?? Number.NaN);
      if (view !== load) expect(view?.routeChangeTime).toBeGreaterThan(0);
    }
  });

  await test.step('the events are in the database', async () => {
    const views = await shop.views();
    const viewOf = (route: string) => views.find((view) => view.route === route)?.id;
    const events = await shop.events('custom', 'error');
    expect(events.map(({ type, name, route, viewId }) => [type, name, route, viewId])).toEqual([
      ['custom', 'add_to_cart', '/product/[id]', viewOf('/product/[id]')],
      ['custom', 'add_to_cart', '/product/[id]', viewOf('/product/[id]')],
      ['error', 'TypeError', '/support', viewOf('/support')],
      ['error', 'Error', '/support', viewOf('/support')],
    ]);
    const [added, , flipped, asked] = events.map(dataOf);
    expect(added).toMatchObject({ properties: { sku: 'product', price: 4900 } });
    expect(flipped).toMatchObject({ message: 'The switch came off in my hand', source: 'window.error' });
    expect(asked).toMatchObject({ message: 'The bulb never answered', source: 'unhandledrejection' });
    await expectAllCounted(shop);
    expect(await shop.events('loss')).toEqual([]);
  });

  await test.step('closing the tab adds nothing', async () => {
    const stored = await shop.events();
    await page.close({ runBeforeUnload: true });
    await expect(async () => {
      const views = await shop.views();
      expect(views.map(vitalsOf)).toEqual(expected.map(({ values }) => values));
      expect((await shop.events()).map(({ id }) => id)).toEqual(stored.map(({ id }) => id));
    }).toPass();
  });

  await test.step('the admin shows these numbers', async () => {
    const admin = await context.newPage();
    await signIn(admin, shop);
    for (const name of VITALS) {
      const values = expected.flatMap((navigation) => navigation.values[name] ?? []).sort((a, b) => a - b);
      const p75 = values[Math.ceil(values.length * 0.75) - 1] ?? Number.NaN;
      const card = admin
        .getByRole('article')
        .filter({ has: admin.getByRole('heading', { name: name.toUpperCase() }) });
      await expect(card).toContainText(shown(name, p75));
      await expect(card).toContainText(`n = ${values.length}`);
    }
    await admin.getByRole('link', { name: 'Pages', exact: true }).click();
    const rows = admin.getByRole('region', { name: 'Routes table' }).getByRole('row');
    await expect(rows).toHaveCount(PLACES.length + 1);
    for (const [route] of PLACES) {
      const row = rows.filter({ has: admin.getByRole('rowheader', { name: route, exact: true }) });
      await expect(row.getByRole('cell').first()).toHaveText('1');
    }
    await admin.getByRole('link', { name: 'Live', exact: true }).click();
    const live = admin.getByRole('region', { name: 'Latest views' }).getByRole('listitem');
    await expect(live).toHaveCount(PLACES.length);
    await expect(live.first()).toContainText('/support');
    await admin.screenshot({ path: testInfo.outputPath('admin.png'), fullPage: true });
  });
});

/** Each view says of how many events it knows, by type, and so many are stored. */
async function expectAllCounted(shop: Shop): Promise<void> {
  await expect(async () => {
    const events = await shop.events();
    for (const view of await shop.views()) {
      const stored: { [type: string]: number } = {};
      for (const event of events) {
        if (event.viewId !== view.id) continue;
        const { count = 1 } = dataOf(event) as { readonly count?: number };
        stored[event.type] = (stored[event.type] ?? 0) + count;
      }
      expect(stored, view.path).toEqual(JSON.parse(view.counts ?? '{}'));
    }
  }).toPass();
}

/** A vital as people write it. */
function shown(name: string, value: number): string {
  if (name === 'cls') return value.toFixed(2);
  const ms = Math.round(value);
  return ms < 1000 ? `${ms} ms` : `${(value / 1000).toFixed(2)} s`;
}
