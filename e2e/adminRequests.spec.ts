import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  durationText,
  eventsOf,
  FROM,
  fill,
  HOSTILE,
  percentile,
  percentileText,
  shareText,
  TO,
  VIEWS,
} from './adminActivityData.js';
import { expectAccessible } from './expectAccessible.js';
import { expect, openShop, type Shop, test as shopTest, signIn } from './shop.js';

const NAMES = [
  '/api/cart/:id',
  '/api/search',
  '/logo.svg',
  'https://cdn.example/widget.js',
  `https://${'long'.repeat(15)}.example/${HOSTILE}`,
];

const REQUESTS = eventsOf('resource', 900, 7, (next) => {
  const name = NAMES[Math.floor(next() ** 2 * NAMES.length)] ?? '/';
  const isApi = name.startsWith('/api');
  const fate = next();
  const status = isApi ? 200 : 0;
  return {
    name,
    duration: Math.round(next() ** 3 * 30_000) / 10,
    said: {
      initiator: isApi ? 'fetch' : name.endsWith('svg') ? 'img' : 'script',
      ...(isApi && { method: name.includes('cart') ? 'POST' : 'GET' }),
      ...(fate < 0.06 ? { status: 503 } : fate < 0.1 ? { status: 0, failure: 'abort' } : { status }),
      wait: Math.round(next() * 400),
      transferSize: 200 + Math.floor(next() * 9000),
    },
  };
});

type Request = (typeof REQUESTS)[number];
const SPAN = `from=${FROM}&to=${TO + 3_600_000}`;

function durationsOf(requests: readonly Request[]): readonly number[] {
  return requests.filter(({ said }) => said.failure !== 'abort').flatMap(({ duration }) => duration ?? []);
}

function failedText(requests: readonly Request[]): string {
  const ended = requests.filter(({ said }) => said.failure !== 'abort');
  return shareText(ended.filter(({ said }) => said.status === 503).length, ended.length);
}

const test = shopTest.extend<{ shop: Shop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  shop: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'rum-requests-'));
    const database = `file:${join(folder, 'rum.db')}`;
    await fill(database, REQUESTS);
    const { shop, close } = await openShop(database);
    await use(shop);
    await close();
    await rm(folder, { recursive: true, force: true });
  },
});

test('requests are told by template and by host, and one of them in full', async ({ shop, page }) => {
  await signIn(page, shop);
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Requests');
  await page.goto(`${shop.url}/admin/rum/requests?${SPAN}`);
  await expect(page.getByText(`Of all ${REQUESTS.length} requests and files of this time`)).toBeVisible();

  const table = page.getByRole('region', { name: 'Requests table' });
  const cart = REQUESTS.filter(({ name }) => name === '/api/cart/:id');
  const row = table.getByRole('row').filter({ hasText: 'POST /api/cart/:id' });
  const cells = row.getByRole('cell');
  await expect(cells.nth(0)).toContainText(String(cart.length));
  await expect(cells.nth(0)).toContainText(`in ${new Set(cart.map(({ viewId }) => viewId)).size} views`);
  await expect(cells.nth(1)).toHaveText(percentileText(durationsOf(cart), 0.5));
  await expect(cells.nth(2)).toHaveText(percentileText(durationsOf(cart), 0.75));
  await expect(cells.nth(3)).toHaveText(percentileText(durationsOf(cart), 0.95));
  const waits = cart.map(({ said }) => Number(said.wait));
  await expect(cells.nth(4)).toContainText(durationText(percentile(waits, 0.5)));
  await expect(cells.nth(6)).toContainText(failedText(cart));

  await table.getByRole('button', { name: 'p75' }).click();
  await expect(page).toHaveURL(/order=requests:-p75/);
  const shown = await table.getByRole('rowheader').allInnerTexts();
  const byP75 = NAMES.toSorted(
    (a, b) =>
      percentile(durationsOf(REQUESTS.filter(({ name }) => name === b)), 0.75) -
      percentile(durationsOf(REQUESTS.filter(({ name }) => name === a)), 0.75),
  );
  expect(shown.map((text) => byP75.findIndex((name) => text.includes(name)))).toEqual([0, 1, 2, 3, 4]);

  const hosts = page.getByRole('region', { name: 'Hosts table' });
  const cdn = REQUESTS.filter(({ name }) => name.includes('cdn.example'));
  const cdnRow = hosts.getByRole('row').filter({ hasText: 'cdn.example' });
  await expect(cdnRow.getByRole('cell').nth(0)).toContainText(String(cdn.length));
  const loading = new Set(REQUESTS.map(({ viewId }) => viewId)).size;
  await expect(cdnRow.getByRole('cell').nth(1)).toContainText(
    shareText(new Set(cdn.map(({ viewId }) => viewId)).size, loading),
  );
  await cdnRow.getByRole('button').click();
  await expect(page).toHaveURL(/host=cdn\.example/);
  await expect(table.getByRole('rowheader')).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Host', exact: true }).selectOption('');
  await page.getByRole('radio', { name: 'Requests', exact: true }).check({ force: true });
  await expect(table.getByRole('rowheader')).toHaveCount(2);

  const file = (await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '';
  const csv = await page.evaluate(async (href) => (await fetch(href)).text(), file);
  expect(csv.trim().split('\r\n')).toHaveLength(3);

  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('POST /api/cart/:id');
  const panel = page.getByRole('region', { name: 'How long it takes' });
  await expect(panel.locator('dl dd').first()).toContainText(
    durationText(percentile(durationsOf(cart), 0.75)),
  );
  await panel.getByText('Show as table').click();
  const counts = await panel.getByRole('row').locator('td:nth-child(2)').allInnerTexts();
  expect(counts.reduce((sum, text) => sum + Number(text), 0)).toBe(durationsOf(cart).length);
  const checkout = cart.filter(({ route }) => route === '/checkout');
  const routes = page.getByRole('region', { name: 'Routes table' });
  await expect(routes.getByRole('row').filter({ hasText: '/checkout' }).getByRole('cell').first()).toHaveText(
    String(checkout.length),
  );
  await expect(page.getByRole('region', { name: 'Latest table' }).getByRole('row')).toHaveCount(21);
  await expect(page.getByRole('region', { name: 'Statuses table' })).toContainText('Aborted');
});

test('filters narrow them, and what was sent to harm is text', async ({ shop, page }) => {
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum/requests?${SPAN}&filter=device:mobile`);
  const mobile = new Set(VIEWS.filter(({ device }) => device === 'mobile').map(({ id }) => id));
  const some = REQUESTS.filter(({ viewId }) => mobile.has(viewId));
  await expect(page.getByText(`Of all ${some.length} requests and files of this time`)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Requests table' }).getByText(HOSTILE)).toBeVisible();
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
  await page.goto(`${shop.url}/admin/rum/requests/0123456789abcdef?${SPAN}`);
  await expect(page.getByText('It was not made here')).toBeVisible();
});

test('both pages are accessible in both themes, and fit a phone', async ({ shop, page, browser }) => {
  test.slow();
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum/requests?${SPAN}`);
  const href = await page
    .getByRole('link')
    .filter({ hasText: 'POST /api/cart' })
    .first()
    .getAttribute('href');
  const pages = {
    requests: `/admin/rum/requests?${SPAN}&compare=previous`,
    request: href ?? '',
    'no-requests': '/admin/rum/requests?range=1h&filter=country:XX',
  };
  await expectAccessible({ shop, page, browser }, pages);
});
