import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { FROM, ROUTE, TO } from './adminMatrixData.js';
import { matrixTest, SPAN } from './adminMatrixShop.js';
import { csvRows } from './csvRows.js';
import { everyPage } from './everyPage.js';
import { settled } from './expectAccessible.js';
import { expect } from './shop.js';

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

interface Kept {
  /** The page, and the table or the path of the API. */
  readonly of: string;
  readonly csv: readonly (readonly string[])[];
  readonly rows: readonly object[];
}

test('every table of the admin can be kept, as it is shown, and no cell is a formula', async ({
  admin,
  shop,
}) => {
  test.setTimeout(600_000);
  await admin.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  const kept: Kept[] = [];
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
  const fileOf = (of: string): Kept['rows'] => kept.find((file) => file.of === of)?.rows ?? [];
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
async function ownFiles(page: Page, name: string): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (const table of await page.locator('.rum-admin table:visible').all()) {
    const heads = await texts(table.locator('thead th:not(:has(> .rum-sr-only))'));
    const of = `${name} ${heads.join(', ')}`;
    const buttons = table.locator('xpath=following-sibling::*[1]').getByRole('button');
    if ((await buttons.count()) === 0) {
      const panel = table.locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " rum-panel ")][1]');
      await expect(panel.locator('.rum-panel-head .rum-export'), `export of ${of}`).toHaveCount(1);
      continue;
    }
    const file = await keep(of, buttons);
    expect(file.csv[0]?.map((head) => head.replace(/ \(\d+\)$/, ''))).toEqual(heads);
    const shown = await Promise.all((await table.locator('tbody tr').all()).map(cellsOf));
    expect(file.rows.length, of).toBe(shown.length);
    // Figures are kept as they are, not as they are written.
    if ((await table.locator('xpath=ancestor::*[contains(@class, "rum-figures")]').count()) === 0) {
      expect(
        file.rows.map((row) => Object.values(row)),
        of,
      ).toEqual(shown.map((cells) => cells.slice(0, heads.length)));
    }
    kept.push(file);
  }
  return kept;
}

/** What the cells of a row say; moments are kept in full. */
async function cellsOf(row: Locator): Promise<readonly unknown[]> {
  const cells = row.locator('th, td');
  const moments = await cells.evaluateAll((all) => all.map((cell) => cell.querySelector('time') !== null));
  return (await texts(cells)).map((text, place) => (moments[place] ? expect.any(String) : text));
}

async function texts(cells: Locator): Promise<string[]> {
  return (await cells.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** A file of the API. */
async function toldFile(links: Locator, name: string): Promise<Kept> {
  const href = (await links.getByRole('link').first().getAttribute('href')) ?? '';
  const { pathname, searchParams } = new URL(href, 'http://localhost');
  expect(searchParams.get('format')).toBe('csv');
  return keep(`${name} ${pathname.replace('/api/rum', '')}`, links.getByRole('link'));
}

/** Downloads both files. */
async function keep(of: string, controls: Locator): Promise<Kept> {
  await expect(controls, of).toHaveText(['CSV', 'NDJSON']);
  const [csv, ndjson] = [await saved(controls.first()), await saved(controls.last())];
  const lines = ndjson.split('\n');
  expect(lines.pop(), of).toBe('');
  return { of, csv: csvRows(csv), rows: lines.map((line) => JSON.parse(line)) };
}

async function saved(control: Locator): Promise<string> {
  const download = control.page().waitForEvent('download');
  await control.click();
  return readFile(await (await download).path(), 'utf8');
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
