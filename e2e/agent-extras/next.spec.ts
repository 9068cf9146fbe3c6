import { expect, type Page } from '@playwright/test';
import { test } from '../shop.js';

test("Next's build has the debug mode and the queue in chunks of their own, loaded when asked for", async ({
  page,
  shop,
}) => {
  const urls = new Set<string>();
  page.on('request', (request) => {
    if (request.resourceType() === 'script') urls.add(request.url());
  });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  /** How many of the scripts that were loaded so far have such a text. */
  const having = async (text: string): Promise<number> => {
    const scripts = await Promise.all([...urls].map(async (url) => (await fetch(url)).text()));
    return scripts.filter((script) => script.includes(text)).length;
  };

  await page.goto(shop.url);
  await page.getByRole('link', { name: 'Catalogue' }).click();
  await expect(page).toHaveURL(`${shop.url}/catalogue`);
  expect(await having('rum_debug')).toBe(1);
  expect(await having('RUM debug')).toBe(0);

  // React takes the whole document over; the overlay in it is not React's own, and stays.
  await page.goto(`${shop.url}/product/product?rum_debug`);
  await expectRoute(page, '/product/[id]');
  expect(await having('RUM debug')).toBe(1);
  await page.getByRole('link', { name: 'Catalogue' }).click();
  await expectRoute(page, '/catalogue');

  await page.goto(`${shop.url}/legacy/orders/L-1187?rum_debug`);
  await expectRoute(page, '/legacy/orders/[orderId]');
  expect(await having('rum.offline')).toBe(0);
  expect(complaints).toEqual([]);
});

/** The route that the overlay names, whether it is open or not. */
async function expectRoute(page: Page, route: string): Promise<void> {
  await expect
    .poll(() => page.frames()[1]?.locator('.place').textContent({ timeout: 1000 }).catch(String))
    .toBe(route);
}
