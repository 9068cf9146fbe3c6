import { expect, type Page } from '@playwright/test';
import { defineRum } from '@rumkit/next-rum';
import { EVENTS, FROM, TO, VIEWS } from './adminFiltersData.js';
import { adminTest } from './adminTest.js';
import { drawSpan } from './drawSpan.js';
import { boardMaker } from './makeBoard.js';
import { openShop } from './shop.js';
import { count } from './shownFigures.js';

const SPAN = `from=${FROM}&to=${TO}`;

const test = adminTest(async (database) => {
  const store = await defineRum({ database }).store();
  await store.insert({ views: VIEWS, events: EVENTS });
  await store.close();
  return openShop(database);
});

test('a span drawn over an error’s course becomes the time that is shown', async ({ admin, shop }) => {
  await admin.goto(`${shop.url}/admin/rum/errors?${SPAN}`);
  await admin
    .getByRole('region', { name: 'Errors table' })
    .getByRole('link', { name: /Lamp is broken/ })
    .click();
  await expect(admin.getByRole('heading', { level: 1 })).toContainText('Lamp is broken');
  const course = admin.getByRole('region', { name: 'How often', exact: true });
  const events = course.locator('dl div', { hasText: 'Events' }).locator('dd');
  await expect(events).toHaveText(count(errorsWithin(FROM, TO)));

  await drawSpan(course);
  const [from, to] = await drawn(admin);
  expect(errorsWithin(from, to)).toBeGreaterThan(0);
  await expect(events).toHaveText(count(errorsWithin(from, to)));
});

test('a span drawn over a line of a board becomes the time of all of its panels', async ({
  admin,
  shop,
  session,
}) => {
  const board = await boardMaker(shop, session).board('Drawn over', [
    { metric: 'views', dimension: null, chart: 'line' },
    { metric: 'views', dimension: null, chart: 'number' },
    { metric: 'errors', dimension: null, chart: 'number' },
  ]);
  await admin.goto(`${shop.url}/admin/rum/dashboards/${board}?${SPAN}`);
  const figure = (name: string) =>
    admin.getByRole('region', { name, exact: true }).locator('.rum-board-figure strong');
  await expect(figure('Views')).toHaveText(count(viewsWithin(FROM, TO)));

  await drawSpan(admin.getByRole('region', { name: 'Views over time', exact: true }));
  const [from, to] = await drawn(admin);
  expect(viewsWithin(from, to)).toBeGreaterThan(0);
  await expect(figure('Views')).toHaveText(count(viewsWithin(from, to)));
  await expect(figure('Errors')).toHaveText(count(errorsWithin(from, to)));
});

/** The span in the address, once it is a part of the first one. */
async function drawn(page: Page): Promise<readonly [from: number, to: number]> {
  await expect.poll(() => Number(new URL(page.url()).searchParams.get('from'))).toBeGreaterThan(FROM);
  const { searchParams } = new URL(page.url());
  const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))];
  expect(to).toBeGreaterThan(from);
  expect(to).toBeLessThan(TO);
  return [from, to];
}

function viewsWithin(from: number, to: number): number {
  return VIEWS.filter(({ startedAt }) => startedAt >= from && startedAt < to).length;
}

function errorsWithin(from: number, to: number): number {
  return EVENTS.filter(({ type, occurredAt }) => type === 'error' && occurredAt >= from && occurredAt < to)
    .length;
}
