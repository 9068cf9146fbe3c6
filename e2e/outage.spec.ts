import { startPostgres } from '../scripts/lib/postgres.mjs';
import { expect, openShop, place, test } from './shop.js';

test('what happens while PostgreSQL is down is stored once when it is back', async ({ page }) => {
  test.setTimeout(180_000);
  const cluster = await startPostgres();
  const { shop, close } = await openShop(cluster.url);
  try {
    const answers: number[] = [];
    const retryAfter: (string | undefined)[] = [];
    page.on('response', (response) => {
      if (!response.url().endsWith('/api/rum/batch')) return;
      answers.push(response.status());
      if (response.status() === 503) retryAfter.push(response.headers()['retry-after']);
    });
    await page.goto(`${shop.url}/product/product`);
    await expect.poll(() => answers, { timeout: 20_000 }).toEqual([202]);

    await cluster.stop();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('button', { name: 'In your cart' }).click();
    await page.getByRole('link', { name: 'Catalogue' }).click();
    await expect.poll(() => answers.slice(1).includes(503), { timeout: 30_000 }).toBe(true);
    expect(Number(retryAfter[0])).toBeGreaterThan(0);

    await cluster.start();
    await expect.poll(() => answers.at(-1), { timeout: 90_000 }).toBe(202);
    await expect(async () => {
      expect((await shop.views()).map(place)).toEqual([
        ['/product/[id]', '/product/product', 'app'],
        ['/catalogue', '/catalogue', 'app'],
      ]);
      expect((await shop.events('custom')).map(({ type, name }) => [type, name])).toEqual([
        ['custom', 'add_to_cart'],
        ['custom', 'add_to_cart'],
      ]);
    }).toPass();
  } finally {
    await close();
    await cluster.remove();
  }
});
