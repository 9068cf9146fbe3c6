import { readFile } from 'node:fs/promises';
import { expect, type Locator } from '@playwright/test';
import { csvRows } from './csvRows.js';

/** What the two files of a table say. */
export interface KeptTable {
  /** The page, and the table or the path of the API. */
  readonly of: string;
  readonly csv: readonly (readonly string[])[];
  readonly rows: readonly object[];
}

/** Keeps a table from below it, and holds the file against what the table says. @returns Null where nothing below it keeps it. */
export async function ownFile(table: Locator, page: string): Promise<KeptTable | null> {
  const heads = await texts(table.locator('thead th:not(:has(> .rum-sr-only))'));
  const of = `${page} ${heads.join(', ')}`;
  const buttons = table.locator('xpath=following-sibling::*[1]').getByRole('button');
  if ((await buttons.count()) === 0) return null;
  const file = await keepBoth(of, buttons);
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
  return file;
}

/** Downloads both files. */
export async function keepBoth(of: string, controls: Locator): Promise<KeptTable> {
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

/** What the cells of a row say; moments are kept in full. */
async function cellsOf(row: Locator): Promise<readonly unknown[]> {
  const cells = row.locator('th, td');
  const moments = await cells.evaluateAll((all) => all.map((cell) => cell.querySelector('time') !== null));
  return (await texts(cells)).map((text, place) => (moments[place] ? expect.any(String) : text));
}

async function texts(cells: Locator): Promise<string[]> {
  return (await cells.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
}
