import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { FROM, fill, TO } from './adminData.js';
import { shiftsOf, watchShifts } from './shifts.js';
import { openShop, type Shop, signIn } from './shop.js';
import { withPolicy } from './strictPolicy.js';

const PAGES = {
  overview: '',
  vitals: '/vitals/lcp',
  insights: '/insights',
  pages: '/pages',
  errors: '/errors',
  route: '/pages/%2Fcheckout',
  requests: '/requests',
  actions: '/actions',
  components: '/components',
  sessions: '/sessions',
  journeys: '/journeys',
  funnels: '/funnels',
  goals: '/goals',
  live: '/live',
  health: '/health',
  boards: '/dashboards',
  settings: '/settings',
  nowhere: '/nowhere',
} as const;

const QUESTION = `from=${FROM}&to=${TO}&compare=previous&filter=device:mobile&filter=!country:FR`;

let folder: string;
let shop: Shop;
let close: () => Promise<void>;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rum-access-'));
  const database = `file:${join(folder, 'rum.db')}`;
  await fill(database);
  ({ shop, close } = await openShop(database));
});

test.afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

for (const theme of ['light', 'dark'] as const) {
  test(`every page is accessible, ${theme}`, async ({ page }) => {
    test.setTimeout(180_000);
    test.slow();
    await signIn(page, shop);
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(`${shop.url}/admin/rum${path}?${QUESTION}&theme=${theme}`);
      await settled(page);
      expect.soft(await problemsOf(page), name).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`${name}-${theme}.png`), fullPage: true });
    }
    await page.keyboard.press('?');
    expect(await problemsOf(page), 'help').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('/');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
    expect(await problemsOf(page), 'filter').toEqual([]);
  });

  test(`every page fits a phone and nothing moves while it loads, ${theme}`, async ({ browser }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    await watchShifts(context);
    const phone = await context.newPage();
    await signIn(phone, shop);
    for (const [name, path] of Object.entries(PAGES)) {
      await phone.goto(`${shop.url}/admin/rum${path}?from=${FROM}&to=${TO}`);
      await settled(phone);
      expect.soft(await phone.evaluate(() => document.documentElement.scrollWidth), name).toBe(360);
      expect.soft(await shiftsOf(phone), name).toEqual([]);
      await phone.screenshot({ path: test.info().outputPath(`${name}-${theme}-360.png`), fullPage: true });
    }
    await context.close();
  });
}

test('the admin works under a content security policy that trusts nothing inline', async ({ page }) => {
  test.setTimeout(180_000);
  const proxy = await withPolicy(shop);
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  try {
    await signIn(page, { ...shop, url: proxy.url });
    for (const path of Object.values(PAGES)) {
      await page.goto(`${proxy.url}/admin/rum${path}?${QUESTION}`);
      await settled(page);
    }
    await page.goto(`${proxy.url}/admin/rum?${QUESTION}`);
    await page.locator('.rum-traffic .recharts-surface').first().hover();
    await expect(page.locator('.rum-tooltip')).toBeVisible();
    await page.keyboard.press('/');
    await expect(page.getByRole('combobox', { name: 'Filter by' })).toBeVisible();
    expect(refused).toEqual([]);
    // The policy is in force: what is written inline does not run.
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      document.body.append(script);
    });
    expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
    expect(refused).toHaveLength(1);
  } finally {
    await proxy.close();
  }
});

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
