import { expect, type Locator, type Page } from '@playwright/test';
import { defineRum } from '@rumkit/next-rum';
import { percentile } from './adminData.js';
import { adminTest } from './adminTest.js';
import { DATA, FROM, MESSAGES, TO } from './adminWeekData.js';
import { openShop, VITALS, type View } from './shop.js';
import { count, near } from './shownFigures.js';
import { ownFile } from './tableFiles.js';

const SPAN = `from=${FROM}&to=${TO}`;
const WEEK = `${SPAN}&compare=week`;
const { now, week } = DATA;
/** A ratio of two percentiles out of bins, each at most 1 % off. */
const BINS = 0.0203;

const test = adminTest(async (database) => {
  const store = await defineRum({ database }).store();
  for (const rows of Object.values(DATA)) await store.insert(rows);
  await store.close();
  return openShop(database);
});

test('the overview is set against a week earlier from the toolbar, in every figure', async ({
  admin,
  shop,
}) => {
  await admin.goto(`${shop.url}/admin/rum?${SPAN}`);
  await expect(total(admin, 'Views')).toHaveText(count(now.views.length));
  await admin.getByLabel('Compare').selectOption('vs. a week earlier');
  await expect(admin).toHaveURL(`${shop.url}/admin/rum?${WEEK}`);
  await expect(total(admin, 'Views')).toHaveText(
    `${count(now.views.length)} ${growth(week.views.length, now.views.length)}`,
  );
  await expect(total(admin, 'Errors')).toHaveText(
    `${count(now.events.length)} ${growth(week.events.length, now.events.length)}`,
  );
  for (const vital of VITALS) {
    const card = admin.getByRole('article', { name: new RegExp(`^${vital}`, 'i') });
    await near(card.locator('strong'), percentile(now.views, vital, 0.75), vital);
    if (vital !== 'ttfb') await expectChange(card, vital, now.views, week.views);
  }
  const chart = admin.locator('.rum-traffic');
  await chart.getByText('Show as table').click();
  const before = await chart.getByRole('row').locator('td:nth-of-type(3)').allInnerTexts();
  expect(before.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0)).toBe(week.views.length);
  const regressed = admin.getByRole('region', { name: 'Most regressed routes' });
  await expectChange(
    row(regressed, '/checkout'),
    'lcp',
    of(now.views, '/checkout'),
    of(week.views, '/checkout'),
  );
  expect((await ownFile(regressed.getByRole('table'), 'overview'))?.rows).not.toHaveLength(0);
});

test('a vital is set against a week earlier from the address, and so is each part of it', async ({
  admin,
  shop,
}) => {
  await admin.goto(`${shop.url}/admin/rum/vitals/lcp?${WEEK}`);
  await expect(admin.getByLabel('Compare')).toHaveValue('week');
  const distribution = admin.getByRole('region', { name: 'Distribution', exact: true });
  await expect(distribution).toContainText(`n = ${count(now.views.length)}`);
  await expectChange(distribution.locator('.rum-change'), 'lcp', now.views, week.views);
  const breakdown = admin.getByRole('region', { name: 'Breakdown table' });
  for (const device of ['mobile', 'desktop']) {
    const [present, earlier] = [now, week].map(({ views }) => views.filter((view) => view.device === device));
    await expectChange(row(breakdown, device), 'lcp', present ?? [], earlier ?? []);
  }
});

test('routes are set against a week earlier, in views and vitals', async ({ admin, shop }) => {
  await admin.goto(`${shop.url}/admin/rum/pages?${WEEK}&columns=views,lcp,inp`);
  const table = admin.getByRole('region', { name: 'Routes table' });
  for (const route of ['/', '/checkout']) {
    const [present, earlier] = [of(now.views, route), of(week.views, route)];
    const cells = row(table, route).getByRole('cell');
    await expect(cells.nth(0)).toHaveText(
      new RegExp(`^${count(present.length)}\\s*${literal(growth(earlier.length, present.length))}$`),
    );
    await expectChange(cells.nth(1), 'lcp', present, earlier);
    await expectChange(cells.nth(2), 'inp', present, earlier);
  }
});

test('errors are set against a week earlier, and what there was none of is said so', async ({
  admin,
  shop,
}) => {
  await admin.goto(`${shop.url}/admin/rum/errors?${WEEK}`);
  const table = admin.getByRole('region', { name: 'Errors table' });
  const group = (message: string) => table.getByRole('row').filter({ hasText: message });
  const [present = 0, earlier = 0] = [now, week].map(({ events }) => saying(events, MESSAGES.again));
  await expect(group(MESSAGES.again)).toContainText(
    new RegExp(`${present}\\s*${literal(growth(earlier, present))}`),
  );
  await expect(group(MESSAGES.new)).toContainText(
    new RegExp(`${saying(now.events, MESSAGES.new)}\\s*none before`),
  );
  await table.getByRole('link', { name: MESSAGES.again }).click();
  await expect(admin.getByRole('heading', { level: 1 })).toContainText(MESSAGES.again);
  const course = admin.getByRole('region', { name: 'How often', exact: true });
  await expect(course.locator('dl div', { hasText: 'Events' }).locator('dd')).toHaveText(
    `${present} ${growth(earlier, present)}`,
  );
});

/** Expects the change of a p75 to be told in words, with its direction. */
async function expectChange(
  shown: Locator,
  vital: (typeof VITALS)[number],
  present: readonly View[],
  earlier: readonly View[],
): Promise<void> {
  await expect(shown).toContainText(/\d+ % (slower|faster|higher|lower)/);
  const text = (await shown.textContent()) ?? '';
  const [, percent, word] = /(\d+) % (slower|faster|higher|lower)/.exec(text) ?? [];
  const told = Number(percent) * (word === 'slower' || word === 'higher' ? 1 : -1);
  const ratio = percentile(present, vital, 0.75) / percentile(earlier, vital, 0.75);
  const message = `${vital}: ${text} is ${ratio}`;
  expect(Math.abs(told - (ratio - 1) * 100), message).toBeLessThanOrEqual(ratio * BINS * 100 + 0.5);
}

function total(page: Page, label: string): Locator {
  return page.locator('.rum-traffic dl div', { hasText: label }).locator('dd');
}

function row(region: Locator, name: string): Locator {
  return region.getByRole('row').filter({ has: region.page().getByRole('rowheader', { name, exact: true }) });
}

function of(views: readonly View[], route: string): readonly View[] {
  return views.filter((view) => view.route === route);
}

function saying(events: readonly { readonly data: string | null }[], message: string): number {
  return events.filter(({ data }) => data?.includes(message)).length;
}

/** As the admin writes how a count changed. */
function growth(before: number, present: number): string {
  const percent = Math.round((present / before - 1) * 100);
  return `${percent > 0 ? '+' : '−'}${count(Math.abs(percent))} %`;
}

function literal(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
