import { expect, type Locator } from '@playwright/test';
import { defineRum } from '@rumkit/next-rum';
import { CAUSES, FROM, HOSTILE, PARTS, saidOf, TO, VIEWS } from './adminCausesData.js';
import { adminTest } from './adminTest.js';
import { openShop, VITALS } from './shop.js';
import { count, intervalText } from './shownFigures.js';

const SPAN = `from=${FROM}&to=${TO}`;
type Vital = (typeof VITALS)[number];

const test = adminTest(async (database) => {
  const store = await defineRum({ database }).store();
  await store.insert({ views: VIEWS, events: [] });
  await store.close();
  return openShop(database);
});

for (const vital of VITALS) {
  test(`why ${vital} is as it is, is told by what browsers said of it`, async ({ admin, shop }) => {
    await admin.goto(`${shop.url}/admin/rum/vitals/${vital}?${SPAN}`);
    const why = admin.getByRole('region', { name: 'Why', exact: true });
    const explained = VIEWS.filter((view) => view[vital] !== null && saidOf(view, vital) !== null);
    expect(explained.length).toBeLessThan(VIEWS.length);
    await expect(why.locator('header')).toContainText(`${count(explained.length)} views since`);

    const parts = why.getByRole('region', { name: 'Parts' });
    await expect(parts.getByRole('rowheader')).toHaveText(PARTS[vital].map(([, label]) => label));
    const means = PARTS[vital].map(([name]) => mean(numbersOf(vital, name)));
    const whole = means.reduce((sum, each) => sum + each, 0);
    for (const [index, [name, label]] of PARTS[vital].entries()) {
      const each = means[index] ?? Number.NaN;
      await expect(cellsOf(parts, label)).toHaveText([
        textOf(vital, each),
        share(each, whole),
        withInterval(vital, numbersOf(vital, name)),
      ]);
    }

    for (const [key, title] of CAUSES[vital]) {
      const list = why.getByRole('region', { name: title, exact: true });
      const named = new Map<string, number[]>();
      for (const view of explained) {
        const reason = saidOf(view, vital)?.[key];
        if (typeof reason === 'string') named.set(reason, [...(named.get(reason) ?? []), view[vital] ?? 0]);
      }
      expect(named.size).toBeGreaterThan(1);
      await expect(list.getByRole('rowheader')).toHaveCount(named.size);
      for (const [reason, values] of named) {
        const cells = cellsOf(list, reason);
        await expect(cells.nth(0)).toHaveText(count(values.length));
        await expect(cells.nth(1)).toHaveText(share(values.length, explained.length));
        await expect(cells.nth(2)).toContainText(withInterval(vital, values));
      }
    }
    expect(await admin.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await why.getByText(HOSTILE).count()).toBe(CAUSES[vital].length === 0 ? 0 : 1);
  });
}

function cellsOf(region: Locator, name: string): Locator {
  const heading = region.page().getByRole('rowheader', { name, exact: true });
  return region.getByRole('row').filter({ has: heading }).getByRole('cell');
}

function numbersOf(vital: Vital, part: string): readonly number[] {
  return VIEWS.flatMap((view) => {
    const length = saidOf(view, vital)?.[part];
    return view[vital] !== null && typeof length === 'number' ? [length] : [];
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** By nearest rank. */
function p75(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(0.75 * values.length) - 1] ?? Number.NaN;
}

/** p75, and under it between which of the values it is in 95 of 100 cases. */
function withInterval(vital: Vital, values: readonly number[]): string {
  return `${textOf(vital, p75(values))}${intervalText(values, 0.75, (value) => textOf(vital, value))}`;
}

/** As the admin writes the vital. */
function textOf(vital: Vital, value: number): string {
  if (vital === 'cls') return value.toFixed(2);
  return Math.round(value) < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(2)} s`;
}

function share(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  return percent < 1 ? '<1 %' : `${Math.round(percent)} %`;
}
