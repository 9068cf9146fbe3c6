import { expect, type Locator } from '@playwright/test';
import { defineRum } from '@rumkit/next-rum';
import { PANEL_CHARTS, PANEL_METRICS } from '../packages/next-rum/dist/server/board.js';
import { percentile } from './adminData.js';
import { EVENTS, FROM, TO, VIEWS } from './adminFiltersData.js';
import { adminTest } from './adminTest.js';
import { settled } from './expectAccessible.js';
import { boardMaker, type PanelParts } from './makeBoard.js';
import { openShop, VITALS, type View } from './shop.js';
import { count, near } from './shownFigures.js';

/** The board's own filter, which a panel's own one of the same dimension takes the place of. */
const SEARCH = `from=${FROM}&to=${TO}&filter=device:mobile`;
const MOBILE = VIEWS.filter(({ device }) => device === 'mobile');

const PANELS: readonly PanelParts[] = [
  ...PANEL_METRICS.map((metric): PanelParts => ({ metric, dimension: null, chart: 'number' })),
  { metric: 'views', dimension: null, chart: 'line' },
  { metric: 'lcp', dimension: null, chart: 'line' },
  { metric: 'lcp', dimension: null, chart: 'histogram' },
  { metric: 'views', dimension: 'country', chart: 'bars' },
  { metric: 'views', dimension: 'os', chart: 'table' },
  { metric: 'lcp', dimension: 'browser', chart: 'table', filters: ['device:desktop', 'release:2.0'] },
];

const test = adminTest(async (database) => {
  const store = await defineRum({ database }).store();
  await store.insert({ views: VIEWS, events: EVENTS });
  await store.close();
  return openShop(database);
});

test('whoever has a link to a board sees the figures of its views, in every kind of panel', async ({
  page,
  shop,
  session,
}) => {
  expect(new Set(PANELS.map(({ chart }) => chart))).toEqual(new Set(PANEL_CHARTS));
  const make = boardMaker(shop, session);
  const token = await make.link(await make.board('For everybody', PANELS), SEARCH);
  await page.goto(`${shop.url}/admin/rum/shared#${token}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('For everybody');
  const panel = (name: string) => page.getByRole('region', { name, exact: true });
  const figure = (name: string) => panel(name).locator('.rum-board-figure');

  const ids = new Set(MOBILE.map(({ id }) => id));
  const errors = EVENTS.filter(({ type, viewId }) => type === 'error' && ids.has(viewId));
  await expect(figure('Views').locator('strong')).toHaveText(count(MOBILE.length));
  await expect(figure('Errors').locator('strong')).toHaveText(count(errors.length));
  await expect(figure('Sessions').locator('strong')).toHaveText(count(sessionsOf(MOBILE)));
  for (const vital of VITALS) {
    const told = figure(`${vital.toUpperCase()} p75`);
    const n = MOBILE.filter((view) => view[vital] !== null).length;
    if (n === 0) await expect(panel(`${vital.toUpperCase()} p75`)).toContainText('Nothing to show');
    else {
      await expect(told).toContainText(`n = ${count(n)}`);
      await near(told.locator('strong .rum-vital-text'), percentile(MOBILE, vital, 0.75), vital);
    }
  }

  const overTime = await table(panel('Views over time'));
  expect(sum(overTime.map(([, views]) => views))).toBe(MOBILE.length);
  const course = await table(panel('LCP p75 over time'));
  expect(sum(course.map(([, , n]) => n))).toBe(MOBILE.length);
  const bins = await table(panel('LCP distribution'));
  expect(sum(bins.map(([, n]) => n))).toBe(MOBILE.length);

  for (const [name, nameOf] of [
    ['Views by country', ({ country }: View) => (country === null ? '(none)' : COUNTRIES[country])],
    ['Views by operating system', ({ os }: View) => os ?? '(none)'],
  ] as const) {
    const rows = panel(name).locator('tbody tr');
    const shown = await rows.locator('th, td:nth-of-type(1)').allInnerTexts();
    const told = Object.fromEntries(
      shown.flatMap((text, at) => (at % 2 === 0 ? [[text, shown[at + 1]]] : [])),
    );
    const values = new Set(MOBILE.map(nameOf));
    expect(told).toEqual(
      Object.fromEntries(
        [...values].map((value) => [value, count(MOBILE.filter((view) => nameOf(view) === value).length)]),
      ),
    );
  }

  const desktop = VIEWS.filter(({ device, release }) => device === 'desktop' && release === '2.0');
  for (const browser of ['Firefox', 'Chrome']) {
    const views = desktop.filter((view) => view.browser === browser);
    const cells = panel('LCP p75 by browser').getByRole('row', { name: browser }).getByRole('cell');
    await expect(cells.nth(1)).toHaveText(count(views.length));
    await near(cells.nth(0).locator('.rum-vital-text'), percentile(views, 'lcp', 0.75), 'lcp');
  }
  await settled(page);
  await expect(page.locator('.rum-admin').getByRole('alert')).toHaveCount(0);
});

const COUNTRIES: { readonly [code: string]: string } = { DE: 'Germany', FR: 'France' };

/** Runs of one visitor's views without half an hour of silence. */
function sessionsOf(views: readonly View[]): number {
  const last = new Map<string, number>();
  let sessions = 0;
  for (const { visitor, startedAt } of views.toSorted((a, b) => a.startedAt - b.startedAt)) {
    if (startedAt - (last.get(visitor) ?? 0) >= 30 * 60_000) sessions += 1;
    last.set(visitor, startedAt);
  }
  return sessions;
}

/** What is drawn, row by row, as the panel says it in words. */
async function table(panel: Locator): Promise<readonly (readonly string[])[]> {
  await panel.getByText('Show as table').click();
  await expect(panel.locator('tbody tr').first()).toBeVisible();
  const rows = await panel.locator('tbody tr').all();
  return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
}

function sum(texts: readonly (string | undefined)[]): number {
  return texts.reduce((all, text) => all + Number((text ?? '').replaceAll(',', '')), 0);
}
