import type { Locator, Page } from '@playwright/test';
import { FROM, ROUTE, TO } from './adminMatrixData.js';
import { matrixTest, SPAN } from './adminMatrixShop.js';
import { everyPage } from './everyPage.js';
import { settled } from './expectAccessible.js';
import { expect } from './shop.js';
import { type KeptTable, keepBoth, ownFile } from './tableFiles.js';

/** Each is a formula to a spreadsheet. */
const HOSTILE = ['=cmd|calc', '+1+2', '-1-2', '@SUM(A1)'] as const;
const [FORMULA] = HOSTILE;
const FORMULA_START = /^[=+\-@\t\r]/;

const test = matrixTest(HOSTILE);

/** As addresses have it, in which a bar stands between two steps. */
const STEP = encodeURIComponent(`custom:${FORMULA.replaceAll('|', '%7C')}`);
/** What pages have to be asked to have rows. */
const ASKED: { readonly [name: string]: string } = {
  funnels: `&steps=view:${ROUTE}|${STEP}`,
  goals: `&goals=${STEP}`,
};
/** Nothing on it is a table. */
const TABLELESS = ['health'];
/** Six hours are too few to tell the first two, and nobody was told of anything. */
const EMPTY = ['insights /admin/comparisons', 'insights /admin/trends', 'settings /admin/alerts'];

test('every table of the admin can be kept, as it is shown, and no cell is a formula', async ({
  admin,
  shop,
}) => {
  test.setTimeout(600_000);
  await admin.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  const kept: KeptTable[] = [];
  const tableless = new Set<string>();
  for (const [name, path] of everyPage(shop.ids)) {
    await admin.goto(`${shop.url}/admin/rum${path}?${SPAN}${ASKED[name] ?? ''}`);
    await showAll(admin);
    const files = await admin.locator('.rum-export:has(a)').all();
    const found = [...(await ownFiles(admin, name))];
    for (const links of files) found.push(await toldFile(links, name));
    if (found.length === 0) tableless.add(name);
    kept.push(...found);
  }
  expect([...tableless]).toEqual(TABLELESS);

  const empty = kept.filter(({ rows }) => rows.length === 0).map(({ of }) => of);
  expect(empty.sort()).toEqual(EMPTY);
  for (const { of, csv, rows } of kept) {
    const [columns = [], ...lines] = csv;
    expect(
      lines.map((line) => Object.fromEntries(line.map((cell, place) => [columns[place], cell]))),
      of,
    ).toEqual(rows.map((row) => inColumns(row, columns)));
    expect(
      csv.flat().filter((cell) => FORMULA_START.test(cell) && Number.isNaN(Number(cell))),
      of,
    ).toEqual([]);
  }
  const cells = kept.flatMap(({ csv }) => csv.flat());
  for (const name of HOSTILE) expect(cells.filter((cell) => cell === `'${name}`).length).toBeGreaterThan(10);

  // What was stored, counted without the admin.
  const within = shop.stored.filter(({ startedAt }) => startedAt >= FROM && startedAt < TO);
  const fileOf = (of: string): KeptTable['rows'] => kept.find((file) => file.of === of)?.rows ?? [];
  expect(figuresOf(fileOf('pages /admin/breakdown'), 'value', 'views')).toEqual(
    [ROUTE, ...HOSTILE].map((route) => [route, within.filter((view) => view.route === route).length]).sort(),
  );
  expect(figuresOf(fileOf('overview /admin/breakdown'), 'value', 'views')).toEqual([['DE', within.length]]);
  // Two of the messages are alike but for their digits.
  const errors = figuresOf(fileOf('errors /admin/errors'), 'name', 'events');
  expect(errors.map(([, events]) => events).sort()).toEqual(
    [1, 1, 2].map((names) => (names * within.length) / HOSTILE.length),
  );
});

/** Opens what is closed, and scrolls to what is asked for only then. */
async function showAll(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Admin' })).toBeVisible();
  await settled(page);
  for (const brief of await page.locator('.rum-brief').all()) await brief.scrollIntoViewIfNeeded();
  await settled(page);
  const closed = page.locator('details.rum-chart-table:not([open]) > summary');
  while ((await closed.count()) > 0) await closed.first().click();
  await settled(page);
}

/** What is kept of each table from below it. Every other table has to be in a file of the API that its panel links to. */
async function ownFiles(page: Page, name: string): Promise<readonly KeptTable[]> {
  const kept: KeptTable[] = [];
  for (const table of await page.locator('.rum-admin table:visible').all()) {
    const file = await ownFile(table, name);
    if (file !== null) {
      kept.push(file);
      continue;
    }
    const panel = table.locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " rum-panel ")][1]');
    await expect(panel.locator('.rum-panel-head .rum-export'), `export of a table of ${name}`).toHaveCount(1);
  }
  return kept;
}

/** A file of the API. */
async function toldFile(links: Locator, name: string): Promise<KeptTable> {
  const href = (await links.getByRole('link').first().getAttribute('href')) ?? '';
  const { pathname, searchParams } = new URL(href, 'http://localhost');
  expect(searchParams.get('format')).toBe('csv');
  return keepBoth(`${name} ${pathname.replace('/api/rum', '')}`, links.getByRole('link'));
}

/** A row of JSON as a line of CSV has to tell it. */
function inColumns(row: object, columns: readonly string[]): { readonly [column: string]: string } {
  const leaves = new Map(leavesOf(row, ''));
  return Object.fromEntries(columns.map((column) => [column, leaves.get(column) ?? '']));
}

function leavesOf(value: unknown, name: string): readonly (readonly [name: string, cell: string])[] {
  if (value === null) return [];
  if (typeof value === 'string') return [[name, FORMULA_START.test(value) ? `'${value}` : value]];
  if (typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, name === '' ? key : `${name}.${key}`),
  );
}

function figuresOf(rows: readonly object[], name: string, figure: string): readonly unknown[][] {
  return rows.map((row) => [name, figure].map((key) => new Map(Object.entries(row)).get(key))).sort();
}
