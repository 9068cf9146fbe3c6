import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { expect, type Shop, signIn, test } from './shop.js';

export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.rum-admin[aria-busy], .rum-admin [aria-busy=true]')).toHaveCount(0);
}

/** Some of it is asked for only once it is about to be seen. */
async function seen(page: Page): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await settled(page);
}

/** Looks at pages in both themes with axe, and on a phone for what does not fit. @param pages Paths with a query, by name. */
export async function expectAccessible(
  { shop, page, browser }: { readonly shop: Shop; readonly page: Page; readonly browser: Browser },
  pages: { readonly [name: string]: string },
): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${shop.url}${path}&theme=${theme}`);
      await seen(page);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .include('.rum-admin')
        .analyze();
      const problems = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      expect.soft(problems, `${name}, ${theme}`).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`${name}-${theme}.png`), fullPage: true });
    }
  }
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
  const phone = await context.newPage();
  await signIn(phone, shop);
  for (const [name, path] of Object.entries(pages)) {
    await phone.goto(`${shop.url}${path}`);
    await seen(phone);
    expect.soft(await phone.evaluate(() => document.documentElement.scrollWidth), name).toBe(360);
    await phone.screenshot({ path: test.info().outputPath(`${name}-360.png`), fullPage: true });
  }
  await context.close();
}
