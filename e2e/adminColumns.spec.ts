import { settled } from './expectAccessible.js';
import { enter, expect, SPAN, test } from './visitsShop.js';

/** Large tables, what their buttons are called, and a column of each. */
const TABLES = [
  ['requests', 'Requests table', 'Columns', 'Wait', 'requests:wait'],
  ['requests', 'Hosts table', 'Columns of hosts', 'Time a view', 'hosts:time'],
  ['errors', 'Errors table', 'Columns', 'Course', 'errors:trend'],
  ['sessions', 'Sessions table', 'Columns', 'Visitor', 'sessions:visitor'],
  ['actions', 'Actions table', 'Columns', 'Visitors', 'actions:visitors'],
  ['actions', 'Frustrations table', 'Columns of frustrations', 'Route', 'frustrations:route'],
] as const;

test('columns of every large table are chosen, kept in the address, and come back', async ({
  shop,
  page,
}) => {
  await enter(page, shop);
  for (const [path, label, button, column, hidden] of TABLES) {
    await page.goto(`${shop.url}/admin/rum/${path}?${SPAN}`);
    await settled(page);
    const heads = page.getByRole('region', { name: label }).getByRole('columnheader');
    const cells = page.getByRole('region', { name: label }).locator('tbody tr').first().locator('th, td');
    const all = await heads.allInnerTexts();
    expect(all).toContain(column);
    await expect(cells).toHaveCount(all.length);

    const panel = page.getByRole('region', { name: label }).locator('xpath=ancestor::section[1]');
    await panel.getByRole('button', { name: 'Columns' }).click();
    const choice = page.getByRole('dialog', { name: button, exact: true });
    await expect(choice.getByRole('checkbox')).toHaveCount(all.length - 1);
    await choice.getByLabel(column, { exact: true }).uncheck();
    await expect(heads).toHaveText(all.filter((name) => name !== column));
    await expect(cells).toHaveCount(all.length - 1);
    expect(new URL(page.url()).searchParams.get('hide')).toBe(hidden);

    await page.reload();
    await settled(page);
    await expect(heads).toHaveText(all.filter((name) => name !== column));
    await panel.getByRole('button', { name: 'Columns' }).click();
    await choice.getByLabel(column, { exact: true }).check();
    await expect(heads).toHaveText(all);
    expect(new URL(page.url()).searchParams.get('hide')).toBeNull();
  }
});
