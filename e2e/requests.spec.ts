import { dataOf, expect, test, turnAway } from './shop.js';

test('a request is stored with its phases, and with the span that it carried', async ({ page, shop }) => {
  await page.goto(`${shop.url}/search`, { waitUntil: 'networkidle' });
  const searched = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/search');
  await page.getByRole('searchbox').fill('reading');
  const headers = await (await searched).allHeaders();
  const [, span] = /^00-[0-9a-f]{32}-([0-9a-f]{16})-0[01]$/.exec(headers.traceparent ?? '') ?? [];
  await expect(page.getByText('One lamp')).toBeVisible();
  await turnAway(page);

  await expect(async () => {
    const requests = (await shop.events('resource')).filter(({ name }) => name === '/api/search');
    expect(requests.map((request) => [request.route, dataOf(request)])).toEqual([
      [
        '/search',
        {
          initiator: 'fetch',
          method: 'GET',
          status: 200,
          protocol: 'http/1.1',
          wait: expect.any(Number),
          download: expect.any(Number),
          transferSize: expect.any(Number),
          decodedSize: expect.any(Number),
          spanId: span,
        },
      ],
    ]);
    for (const request of requests) {
      expect(request.duration).toBeGreaterThanOrEqual(Number(dataOf(request).wait));
    }
  }).toPass();
});

test('files are stored with their sizes, and a second page has them from the cache', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/guides`, { waitUntil: 'networkidle' });
  await page.goto(`${shop.url}/guides/care/paper`, { waitUntil: 'networkidle' });
  await turnAway(page);

  await expect(async () => {
    const views = await shop.views();
    const files = (await shop.events('resource')).filter(({ name }) => name.startsWith('/_next/static/'));
    const [first, second] = views.map(({ id }) => files.filter(({ viewId }) => viewId === id));
    const loaded = first?.map(dataOf) ?? [];
    for (const file of loaded) {
      expect(file).toMatchObject({ initiator: expect.stringMatching(/^(link|script)$/), status: 200 });
      expect(file).not.toHaveProperty('cached');
      expect(file.transferSize).toBeGreaterThan(0);
      expect(file.decodedSize).toBeGreaterThan(0);
    }
    const style = first?.find(({ name }) => name.endsWith('.css'));
    expect(style && dataOf(style)).toMatchObject({ renderBlocking: true });

    const names = (events: typeof files = []) => events.map(({ name }) => name);
    const again = second?.filter(({ name }) => names(first).includes(name)) ?? [];
    expect(names(again)).toContain(style?.name);
    for (const file of again.map(dataOf)) expect(file).toMatchObject({ cached: true, transferSize: 0 });
  }).toPass();
});

test("requests of one kind go by one name, and the agent's own by none", async ({ page, shop }) => {
  await page.goto(`${shop.url}/catalogue`, { waitUntil: 'networkidle' });
  await page.getByRole('link', { name: 'Quick view of Ember' }).click();
  await expect(page.getByRole('dialog', { name: 'Quick view' })).toBeVisible();
  await turnAway(page);

  await expect(async () => {
    const names = (await shop.events('resource')).map(({ name }) => name);
    expect(names).toContain('/product/*/quick');
    expect(names.filter((name) => /ember|\?|\/api\/rum/.test(name))).toEqual([]);
  }).toPass();
});
