import type { Page } from '@playwright/test';
import { recordReferenceVitals, referenceVitals } from './referenceVitals.js';
import { expect, place, signIn, test, turnAway } from './shop.js';

test('a visit is stored exactly as it happened, and the admin shows it', async ({
  context,
  page,
  shop,
}, testInfo) => {
  await recordReferenceVitals(context);
  const before = Date.now();

  await test.step('load, five navigations, clicks, two errors', async () => {
    await page.goto(shop.url);
    await menu(page, 'Catalogue');
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
  });
  await turnAway(page);
  const expected = await referenceVitals(page);
  expect(Object.keys(expected).sort()).toEqual(['cls', 'fcp', 'inp', 'lcp', 'ttfb']);

  await test.step('the views are in the database', async () => {
    await expect(async () => {
      const views = await shop.views();
      expect(views.map(place)).toEqual([
        ['/', '/', 'app'],
        ['/catalogue', '/catalogue', 'app'],
        ['/product/[id]', '/product/product', 'app'],
        ['/sale', '/sale', 'app'],
        ['/guides/[[...slug]]', '/guides', 'app'],
        ['/support', '/support', 'app'],
      ]);
      const [load, ...navigations] = views;
      expect(load).toMatchObject({ navigationType: 'navigate', previousViewId: null, ...expected });
      for (const [index, view] of navigations.entries()) {
        // The browser was told of one document only, so its vitals belong to the view that loaded it.
        const noVitals = { lcp: null, inp: null, cls: null, fcp: null, ttfb: null };
        expect(view).toMatchObject({
          navigationType: 'client',
          previousViewId: views[index]?.id,
          ...noVitals,
        });
      }
      for (const view of views) {
        expect(view.startedAt).toBeGreaterThanOrEqual(before);
        expect(view.startedAt).toBeLessThanOrEqual(Date.now());
        expect(view).toMatchObject({ device: 'desktop', automated: true, sample: false });
      }
      expect(new Set(views.map((view) => view.visitor)).size).toBe(1);
    }).toPass();
  });

  await test.step('the events are in the database', async () => {
    const views = await shop.views();
    const viewOf = (route: string) => views.find((view) => view.route === route)?.id;
    const events = await shop.events();
    expect(events.map(({ type, name, route, viewId }) => [type, name, route, viewId])).toEqual([
      ['custom', 'add_to_cart', '/product/[id]', viewOf('/product/[id]')],
      ['custom', 'add_to_cart', '/product/[id]', viewOf('/product/[id]')],
      ['error', 'TypeError', '/support', viewOf('/support')],
      ['error', 'Error', '/support', viewOf('/support')],
    ]);
    const data = events.map((event) => JSON.parse(event.data ?? 'null'));
    expect(data[0]).toMatchObject({ properties: { sku: 'product', price: 4900 } });
    expect(data[2]).toMatchObject({ message: 'The switch came off in my hand', source: 'window.error' });
    expect(data[3]).toMatchObject({ message: 'The bulb never answered', source: 'unhandledrejection' });
  });

  await test.step('closing the tab adds nothing', async () => {
    await page.close({ runBeforeUnload: true });
    await expect(async () => {
      const [views, events] = [await shop.views(), await shop.events()];
      expect([views.length, events.length]).toEqual([6, 4]);
      expect(views[0]).toMatchObject(expected);
    }).toPass();
  });

  await test.step('the admin shows these numbers', async () => {
    const admin = await context.newPage();
    await signIn(admin, shop);
    for (const [name, value] of Object.entries(expected)) {
      const card = admin
        .getByRole('article')
        .filter({ has: admin.getByRole('heading', { name: name.toUpperCase() }) });
      await expect(card).toContainText(shown(name, value));
      await expect(card).toContainText('n = 1');
    }
    const rows = admin.getByRole('region', { name: 'Routes table' }).getByRole('row');
    await expect(rows).toHaveCount(7);
    for (const route of ['/', '/catalogue', '/product/[id]', '/sale', '/guides/[[...slug]]', '/support']) {
      const row = rows.filter({ has: admin.getByRole('rowheader', { name: route, exact: true }) });
      await expect(row.getByRole('cell').first()).toHaveText('1');
    }
    const live = admin.getByRole('region', { name: 'Latest views' }).getByRole('listitem');
    await expect(live).toHaveCount(6);
    await expect(live.first()).toContainText('/support');
    await admin.screenshot({ path: testInfo.outputPath('admin.png'), fullPage: true });
  });
});

/** Follows a link of the shop's menu and waits for the page. */
async function menu(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Shop' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** A vital as people write it. */
function shown(name: string, value: number): string {
  if (name === 'cls') return value.toFixed(2);
  const ms = Math.round(value);
  return ms < 1000 ? `${ms} ms` : `${(value / 1000).toFixed(2)} s`;
}
