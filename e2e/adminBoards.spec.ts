import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { FROM, fill, percentile, TO, viewsOf } from './adminData.js';
import { openShop, type Shop, signIn } from './shop.js';

const VIEWER_PASSWORD = 'only-to-look-at';
const HOSTILE = '<img src=x onerror=window.hacked=1>\u202Egnp =1+1 🛒';
const SPAN = `from=${FROM}&to=${TO}`;

let folder: string;
let shop: Shop;
let close: () => Promise<void>;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rum-boards-'));
  const database = `file:${join(folder, 'rum.db')}`;
  await fill(database);
  ({ shop, close } = await openShop(database, { RUM_VIEWER_PASSWORD: VIEWER_PASSWORD }));
});

test.afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

test('a board is made, arranged by keyboard and by drag, and shows the figures of its views', async ({
  page,
}) => {
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum/dashboards?${SPAN}`);
  await page.getByLabel('Name of a new board').fill(HOSTILE);
  await page.getByRole('button', { name: 'New board' }).click();
  await expect(page.getByRole('heading', { level: 1, name: HOSTILE })).toBeVisible();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();

  const places = () => page.getByRole('list', { name: 'Panels' }).getByRole('heading').allTextContents();
  expect(await places()).toEqual(['Views over time', 'LCP p75', 'Views by country', 'INP p75 over time']);
  await page.getByRole('button', { name: 'Move LCP p75 left' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('LCP p75: place 1 of 4')).toBeAttached();
  expect(await places()).toEqual(['LCP p75', 'Views over time', 'Views by country', 'INP p75 over time']);
  await page.keyboard.press('Enter');
  await expect(page.getByText('LCP p75 cannot be moved further left')).toBeAttached();
  await page.getByRole('button', { name: 'Move LCP p75 down' }).click();
  await expect.poll(async () => (await places())[0]).toBe('Views over time');
  await page
    .getByText('⠿')
    .last()
    .dragTo(page.getByRole('list', { name: 'Panels' }).getByRole('listitem').first());
  await expect.poll(async () => (await places())[0]).toBe('INP p75 over time');

  await page.getByRole('button', { name: 'Add a panel' }).click();
  const added = page.getByRole('list', { name: 'Panels' }).getByRole('listitem').last();
  await added.getByLabel('Metric').selectOption('LCP');
  await added.getByLabel('By').selectOption('Device');
  await added.getByLabel('Filters').fill('nothing:DE');
  await expect(added.getByRole('alert')).toContainText('filter must be');
  await added.getByLabel('Filters').fill('country:DE');
  await added.getByLabel('Title').fill('Germany');
  await added.getByLabel('Width of Germany').selectOption('Wide');
  await page.screenshot({ path: test.info().outputPath('board-edit.png'), fullPage: true });
  expect(await problemsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await expect(page.getByRole('region', { name: 'Views by country' }).getByRole('row')).toHaveText([
    /Country/,
    ...countriesOf(viewsOf()).map(([name, n]) => new RegExp(`^${literal(name)}${n}$`)),
  ]);
  const germany = page.getByRole('region', { name: 'Germany', exact: true });
  for (const device of ['desktop', 'mobile']) {
    const german = viewsOf((view) => view.country === 'DE' && view.device === device);
    const p75 = percentile(german, 'lcp', 0.75);
    const shown = p75 < 999.5 ? `${Math.round(p75)} ms` : `${(p75 / 1000).toFixed(2)} s`;
    await expect(germany.getByRole('row', { name: new RegExp(device) })).toContainText(shown);
  }
  await page.reload();
  await expect(germany).toBeVisible();
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
});

for (const theme of ['light', 'dark'] as const) {
  test(`boards and settings are accessible, ${theme}`, async ({ page }) => {
    await signIn(page, shop);
    await page.goto(`${shop.url}/admin/rum/dashboards?${SPAN}&theme=${theme}`);
    await settled(page);
    expect.soft(await problemsOf(page), 'list').toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`boards-${theme}.png`), fullPage: true });
    await page.getByRole('link', { name: HOSTILE }).click();
    await expect(page.getByRole('region', { name: 'Germany', exact: true })).toBeVisible();
    await settled(page);
    expect.soft(await problemsOf(page), 'board').toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`board-${theme}.png`), fullPage: true });
    await page.goto(`${shop.url}/admin/rum/settings?theme=${theme}`);
    await settled(page);
    expect.soft(await problemsOf(page), 'settings').toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`settings-${theme}.png`), fullPage: true });
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['/settings', '/dashboards', '']) {
      await page.goto(`${shop.url}/admin/rum${path}?${SPAN}&theme=${theme}`);
      await settled(page);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(360);
      await page.screenshot({
        path: test.info().outputPath(`${path.slice(1) || 'overview'}-${theme}-360.png`),
        fullPage: true,
      });
    }
  });
}

test('a link opens the board and nothing else, until it is revoked', async ({ page, browser }) => {
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum/dashboards?${SPAN}`);
  await page.getByRole('link', { name: HOSTILE }).click();
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByLabel('For', { exact: true }).fill('the agency');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByLabel('The link, shown this once').inputValue();
  expect(link).toMatch(/\/admin\/rum\/shared#[\w-]{43}$/);

  const stranger = await (await browser.newContext()).newPage();
  const asked: string[] = [];
  stranger.on('request', (request) => asked.push(request.url()));
  await stranger.goto(link);
  await expect(stranger.getByRole('heading', { level: 1, name: HOSTILE })).toBeVisible();
  await expect(stranger.getByRole('region', { name: 'Germany', exact: true }).getByRole('row')).toHaveCount(
    3,
  );
  await settled(stranger);
  await expect(stranger.locator('meta[name=referrer]')).toHaveAttribute('content', 'no-referrer');
  await expect(stranger.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/);
  expect(await problemsOf(stranger)).toEqual([]);
  await stranger.screenshot({ path: test.info().outputPath('shared.png'), fullPage: true });
  const token = link.slice(link.indexOf('#') + 1);
  expect(asked.filter((url) => url.split('#')[0]?.includes(token))).toEqual([]);
  const ofAdmin = asked.filter((url) => url.includes('/api/rum/admin/')).map((url) => new URL(url).pathname);
  expect(new Set(ofAdmin)).toEqual(new Set(['/api/rum/admin/shared', '/api/rum/admin/shared/panel']));
  const status = await stranger.evaluate(async (header) => {
    const response = await fetch('/api/rum/admin/overview', { headers: { 'x-rum-share': header } });
    return response.status;
  }, token);
  expect(status).toBe(401);

  await page.goto(`${shop.url}/admin/rum/settings`);
  await page.getByRole('button', { name: 'Revoke the link for the agency' }).click();
  await expect(page.getByRole('cell', { name: 'Revoked', exact: true })).toBeVisible();
  await stranger.reload();
  await expect(stranger.getByRole('heading', { name: 'This link leads nowhere' })).toBeVisible();
  await stranger.context().close();
});

test('a view is saved with all that was chosen, and opened again from elsewhere', async ({ page }) => {
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum/vitals/inp?range=7d&filter=device:mobile&by=country&tz=utc`);
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByLabel('Save this page as').fill('Slow phones');
  await page.getByRole('dialog', { name: 'Saved views' }).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: 'Slow phones' })).toBeVisible();
  await page.goto(`${shop.url}/admin/rum/live?filter=country:FR&theme=dark`);
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('link', { name: 'Slow phones' }).click();
  await expect(page).toHaveURL(/\/vitals\/inp\?range=7d&filter=device:mobile&tz=utc&by=country$/);
  await expect(page.getByRole('dialog', { name: 'Saved views' })).toBeHidden();
});

test('notes and new releases are told on the chart and in words', async ({ page }) => {
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum?${SPAN}&tz=utc`);
  const traffic = page.getByRole('region', { name: 'Traffic' });
  await traffic.getByRole('button', { name: 'Add a note' }).click();
  await page.getByLabel('What happened', { exact: true }).fill(HOSTILE);
  await page.getByLabel(/^When/).fill(new Date(FROM + 3_600_000).toISOString().slice(0, 16));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const list = traffic.getByRole('region', { name: 'What happened in this time' });
  await expect(list).toContainText(HOSTILE);
  await expect(list).toContainText('New release 2.0');
  await expect(traffic.locator('.rum-marker-note, .rum-marker-release')).toHaveCount(2);
  await settled(page);
  expect(await problemsOf(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('markers.png'), fullPage: true });
  await page.goto(`${shop.url}/admin/rum/vitals/lcp?${SPAN}`);
  await expect(page.getByRole('region', { name: 'Percentiles over time' })).toContainText('New release 2.0');
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
});

test('what is left out is set, told when wrong, and listed among the changes', async ({ page }) => {
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum/settings`);
  const left = page.getByRole('region', { name: 'What is left out' });
  await left.getByLabel(/^IP addresses/).fill('203.0.113.0/33');
  await left.getByRole('button', { name: 'Save' }).click();
  await expect(left.getByRole('alert')).toContainText('203.0.113.0/33');
  await left.getByLabel(/^IP addresses/).fill('203.0.113.0/24\n2001:db8::/32');
  await left.getByLabel(/^Paths/).fill('/internal/*');
  await left.getByRole('button', { name: 'Save' }).click();
  const changes = page.getByRole('region', { name: 'Changes', exact: true });
  await expect(changes).toContainText(
    'Changed the settings ignored: 203.0.113.0/24, 2001:db8::/32, /internal/*',
  );
  await expect(changes).toContainText('Revoked the link the agency');
  await page.reload();
  await expect(left.getByLabel(/^IP addresses/)).toHaveValue('203.0.113.0/24\n2001:db8::/32');
});

test('a viewer sees all of it and can change none', async ({ page }) => {
  await signIn(page, shop, VIEWER_PASSWORD);
  await expect(page.getByText('View only')).toBeVisible();
  await page.goto(`${shop.url}/admin/rum/dashboards?${SPAN}`);
  await expect(page.getByRole('button', { name: 'New board' })).toBeDisabled();
  await page.getByRole('link', { name: HOSTILE }).click();
  await expect(page.getByRole('region', { name: 'Germany', exact: true }).getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByText('Only admins make links to boards.')).toBeVisible();
  await page.goto(`${shop.url}/admin/rum/settings`);
  await expect(page.getByRole('region', { name: 'What is left out' }).getByRole('button')).toBeDisabled();
  const status = await page.evaluate(async () => {
    const response = await fetch('/api/rum/admin/notes', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ do: 'save', at: 0, text: 'not mine' }),
    });
    return response.status;
  });
  expect(status).toBe(403);
  expect(await problemsOf(page)).toEqual([]);
});

function countriesOf(views: readonly { readonly country: string | null }[]): readonly [string, number][] {
  const names: Readonly<Record<string, string>> = { DE: 'Germany', FR: 'France', US: 'United States' };
  const counts = new Map<string, number>();
  for (const { country } of views) counts.set(country ?? '', (counts.get(country ?? '') ?? 0) + 1);
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([country, n]) => [country === '' ? '(none)' : (names[country] ?? country), n]);
}

function literal(text: string): string {
  return text.replace(/[()]/g, '\\$&');
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.rum-admin[aria-busy], .rum-admin [aria-busy=true]')).toHaveCount(0);
}

async function problemsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .include('.rum-admin')
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
