import type { Page } from '@playwright/test';
import { newId } from '@rumkit/react-rum/protocol';
import { FROM, fill, TO, viewsOf } from './adminData.js';
import { adminTest } from './adminTest.js';
import { settled } from './expectAccessible.js';
import { expect, openShop } from './shop.js';

const SPAN = `from=${FROM}&to=${TO}`;
const GROUPS = 40;
const FILTERS = '&filter=device:mobile&filter=device:desktop&filter=!country:FR';

const test = adminTest(async (database) => {
  await fill(database, errors());
  return openShop(database);
});

test('paper is light and complete, says what it is about, and has nothing to press', async ({
  admin,
  shop,
}) => {
  test.slow();
  await admin.emulateMedia({ colorScheme: 'dark' });
  for (const [name, path] of Object.entries({
    overview: '',
    route: '/pages/%2Fcheckout',
    errors: '/errors',
  })) {
    await admin.goto(`${shop.url}/admin/rum${path}?${SPAN}${FILTERS}&compare=previous&theme=dark&tz=utc`);
    await settled(admin);
    await admin.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await settled(admin);
    const colours = await admin.locator('.rum-admin').evaluate((page) => {
      const { color, backgroundColor } = getComputedStyle(page);
      return [color, backgroundColor];
    });
    expect.soft(colours, name).toEqual(['rgb(23, 24, 28)', 'rgb(255, 255, 255)']);
    await expect.soft(admin.getByRole('navigation')).toHaveCount(0);
    await expect.soft(admin.getByRole('combobox')).toHaveCount(0);
    await expect.soft(admin.getByRole('radio')).toHaveCount(0);
    const words = admin.locator('.rum-printed');
    await expect.soft(words).toContainText('UTC');
    await expect.soft(words).toContainText('vs. the time before');
    await expect.soft(words).toContainText('Device is mobile or desktop; Country is not France');
    expect.soft(await cutOff(admin), name).toEqual([]);
    await admin.screenshot({ path: test.info().outputPath(`${name}-print.png`), fullPage: true });
    await admin.pdf({ path: test.info().outputPath(`${name}.pdf`), format: 'A4', printBackground: false });
    await admin.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    await expect(words).toHaveCount(0);
  }
  await admin.goto(`${shop.url}/admin/rum/errors?${SPAN}`);
  await admin.emulateMedia({ media: 'print' });
  const rows = admin.getByRole('region', { name: 'Errors table' }).getByRole('rowheader');
  await expect(rows).toHaveCount(GROUPS);
});

test('a very wide screen is filled as far as it can be read', async ({ admin, shop }) => {
  test.slow();
  await admin.setViewportSize({ width: 3840, height: 2160 });
  for (const [name, path] of Object.entries({
    overview: '',
    route: '/pages/%2Fcheckout',
    errors: '/errors',
  })) {
    await admin.goto(`${shop.url}/admin/rum${path}?${SPAN}`);
    await settled(admin);
    const widths = await admin.evaluate(() => ({
      page: document.documentElement.scrollWidth,
      main: document.querySelector('.rum-main')?.getBoundingClientRect().width ?? 0,
    }));
    expect.soft(widths.page, name).toBe(3840);
    expect.soft(widths.main, name).toBeLessThanOrEqual(2560);
    await admin.screenshot({ path: test.info().outputPath(`${name}-3840.png`) });
  }
});

/** What of a page would not be on the paper: what is scrolled to on a screen, reaches beyond its panel, or has no width. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const name = (element: Element): string =>
      `${element.tagName} ${element.getAttribute('class')} ${element.getAttribute('aria-label')}`;
    const hidden = [...document.querySelectorAll('.rum-main *')].filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      return (
        (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth) ||
        (/auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight)
      );
    });
    const beyond = [...document.querySelectorAll('.rum-main :is(table, .recharts-surface)')].filter(
      (element) => {
        const panel = element.closest('.rum-panel, .rum-card');
        if (panel === null || !element.checkVisibility()) return false;
        const { width, right } = element.getBoundingClientRect();
        return width < 1 || right > panel.getBoundingClientRect().right + 1;
      },
    );
    return [...hidden, ...beyond].map(name);
  });
}

/** More groups than a screen has room for, each in a view that passes the filters. */
function errors() {
  return viewsOf(({ country }) => country !== 'FR')
    .slice(0, GROUPS)
    .map((view, index) => {
      const letters = String.fromCharCode(97 + (index % 26)).repeat(3 + Math.floor(index / 26));
      const message = `The ${letters} could not be found by the shop`;
      const occurredAt = view.startedAt + 1000;
      return {
        app: view.app,
        id: newId(occurredAt),
        viewId: view.id,
        type: 'error' as const,
        name: 'TypeError',
        occurredAt,
        receivedAt: occurredAt + 100,
        visitor: view.visitor,
        route: view.route,
        duration: null,
        data: JSON.stringify({ message, source: 'window.error', stack: message }),
        sample: false,
        sampleRate: null,
        clock: null,
      };
    });
}
