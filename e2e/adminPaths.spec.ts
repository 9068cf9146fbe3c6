import type { Page } from '@playwright/test';
import { VISITS, type Visit } from './adminPathsData.js';
import { expectAccessible, settled } from './expectAccessible.js';
import { enter, expect, SPAN, test } from './visitsShop.js';

const STEPS = 'steps=view:/|view:/cart|custom:add_to_cart|view:/thanks';

function routesOf({ views }: Visit): readonly string[] {
  return views.map(({ route }) => route);
}

async function cellsOf(page: Page, region: string): Promise<readonly (readonly string[])[]> {
  const rows = page.getByRole('region', { name: region }).locator('tbody tr');
  return Promise.all((await rows.all()).map((row) => row.locator('th, td').allInnerTexts()));
}

test('journeys are what the visits did, and a page can be made their beginning or end', async ({
  shop,
  page,
}) => {
  await enter(page, shop);
  await page.goto(`${shop.url}/admin/rum?${SPAN}`);
  // Keys mean something once the page is alive.
  await settled(page);
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Journeys');
  await settled(page);
  await expect(page.locator('.rum-journey-node').first()).toBeVisible();
  const walks = VISITS.map(routesOf);
  const second = walks.filter((routes) => routes[1] === '/product/[id]').length;
  const left = walks.filter((routes) => routes.length === 2).length;
  const table = await cellsOf(page, 'Steps table');
  expect(table[0]?.slice(0, 3)).toEqual(['Entry', '/', String(VISITS.length)]);
  expect(table.find(([step]) => step === '1 step later')?.slice(1, 3)).toEqual([
    '/product/[id]',
    String(second),
  ]);
  expect(table.find(([step, name]) => step === '2 steps later' && name === 'Left')?.[2]).toBe(String(left));
  const back = walks.filter((routes) => routes[2] === '/' && routes[0] === '/').length;
  expect(table.find(([step, name]) => step === '2 steps later' && name === '/')?.slice(2, 5)[2]).toBe(
    String(back),
  );

  await page
    .getByRole('region', { name: 'Steps table' })
    .getByRole('row')
    .filter({ hasText: '2 steps later' })
    .getByRole('button', { name: /^From here.*\/cart$/ })
    .click();
  await expect(page).toHaveURL(/at=\/cart/);
  await page.getByText('To', { exact: true }).click();
  await expect(page).toHaveURL(/direction=to/);
  await settled(page);
  const withCart = walks.filter((routes) => routes.includes('/cart'));
  await expect(page.getByText(`${withCart.length} sessions`, { exact: true })).toBeVisible();
  const before = withCart.filter((routes) => routes[routes.indexOf('/cart') - 1] === '/product/[id]').length;
  await expect
    .poll(async () =>
      (await cellsOf(page, 'Steps table')).find(([step]) => step === '1 step before')?.slice(1, 3),
    )
    .toEqual(['/product/[id]', String(before)]);
  await page.getByText('Show as table').click();
  const links = await cellsOf(page, 'Paths, as a table');
  expect(
    links.some((row) => row[2] === '/product/[id]' && row[3] === '/cart' && row[4] === String(before)),
  ).toBe(true);

  await page.goto(`${shop.url}/admin/rum/pages/%2Fcart?${SPAN}`);
  const onward = page.getByRole('region', { name: 'Went on to, as a table' });
  const paid = withCart.filter((routes) => routes[routes.indexOf('/cart') + 1] === '/checkout').length;
  await expect(onward.getByRole('row').filter({ hasText: '/checkout' }).getByRole('cell').first()).toHaveText(
    String(paid),
  );
});

test('a funnel is built by hand, and tells how far visits came and how the slow ones fared', async ({
  shop,
  page,
}) => {
  await enter(page, shop);
  await page.goto(`${shop.url}/admin/rum/funnels?${SPAN}`);
  await expect(page.getByText('Add two steps or more')).toBeVisible();
  for (const [kind, name] of [
    ['view', '/thanks'],
    ['view', '/cart'],
    ['custom', 'add_to_cart'],
  ] as const) {
    await page.getByLabel('Kind of step').selectOption(kind);
    // What was seen is suggested.
    await expect(page.locator(`datalist option[value="${name}"]`)).toBeAttached();
    await page.getByLabel(kind === 'view' ? 'Route' : 'Name', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Add step' }).click();
  }
  await page.getByRole('button', { name: 'Later: /thanks' }).click();
  await page.getByRole('button', { name: 'Later: /thanks' }).click();
  await expect(page).toHaveURL(/steps=view:\/cart%7Ccustom:add_to_cart%7Cview:\/thanks/);
  await settled(page);
  const carts = VISITS.filter((visit) => routesOf(visit).includes('/cart'));
  const paid = carts.filter((visit) => routesOf(visit).includes('/thanks'));
  const table = await cellsOf(page, 'Funnel table');
  expect(table.map((cells) => cells[1]?.trim())).toEqual(
    [carts.length, carts.length, paid.length].map(String),
  );
  const share = ((100 * paid.length) / carts.length).toFixed(1);
  expect(table[2]?.[3]).toContain(`${share} %`);
  expect(table[2]?.[4]).toContain(String(carts.length - paid.length));
  expect(table[1]?.[5]).toContain('2 s');

  const vitals = await cellsOf(page, 'Speed and going on, as a table');
  const isSlow = ({ views }: Visit): boolean =>
    (views.find(({ route }) => route === '/cart')?.lcp ?? 0) > 2500;
  const goneOn = (visits: readonly Visit[]): string =>
    `${visits.filter((visit) => paid.includes(visit)).length} of ${visits.length}`;
  expect(vitals[1]?.[2]).toContain(goneOn(carts.filter((visit) => !isSlow(visit))));
  expect(vitals[1]?.[3]).toContain(goneOn(carts.filter(isSlow)));
  expect(vitals[1]?.[4]).toMatch(
    /^Slow ones went on [\d.]+ points less\s+95 % interval −[\d.]+ points to −[\d.]+ points$/,
  );

  const segments = await cellsOf(page, 'Segments table');
  for (const device of ['mobile', 'desktop']) {
    const own = carts.filter(({ views }) => views[0]?.device === device);
    expect(segments.find(([value]) => value === device)?.slice(1, 4)).toEqual(
      [own.length, own.length, own.filter((visit) => paid.includes(visit)).length].map(String),
    );
  }
  await page.getByLabel('All of them within').selectOption('5');
  await expect(page).toHaveURL(/window=5/);
  await page.getByRole('button', { name: /Remove step 1/ }).click();
  await expect(page.getByRole('region', { name: 'Funnel table' }).locator('tbody tr')).toHaveCount(2);
});

test('goals are shares of sessions by day, and strict privacy says why there is no retention', async ({
  shop,
  page,
}) => {
  await enter(page, shop);
  await page.goto(`${shop.url}/admin/rum/goals?${SPAN}&goals=view:/thanks|action:Buy`);
  await settled(page);
  const paid = VISITS.filter((visit) => routesOf(visit).includes('/thanks')).length;
  const thanks = page.getByRole('region', { name: '/thanks', exact: true });
  await expect(thanks).toContainText(`${((100 * paid) / VISITS.length).toFixed(1).replace('.0', '')}`);
  await expect(thanks).toContainText(`of ${VISITS.length} sessions`);
  await thanks.getByText('Show as table').click();
  const days = await cellsOf(page, '/thanks by day, as a table');
  expect(days.reduce((sum, cells) => sum + Number(cells[1]), 0)).toBe(VISITS.length);
  expect(days.reduce((sum, cells) => sum + Number(cells[2]), 0)).toBe(paid);
  await expect(page.getByText('Nobody can be told again')).toBeVisible();
  const goals = page.getByRole('region', { name: 'Goals', exact: true });
  const file = (await goals.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '';
  const csv = await page.evaluate(async (href) => (await fetch(href)).text(), file);
  expect(csv).toMatch(/^kind,name,t,part,whole,share/);
});

test('how speed and a goal go together is that of the visits, and what if it were faster is their weighted mean', async ({
  shop,
  page,
}) => {
  await enter(page, shop);
  await page.goto(`${shop.url}/admin/rum/goals?${SPAN}&goals=action:Look|view:/thanks&of=1`);
  const panel = page.getByRole('region', { name: 'Speed and goals' });
  await panel.getByLabel('Vital').selectOption('Time to First Byte');
  await expect(page).toHaveURL(/impact=ttfb/);
  const isSlow = ({ views }: Visit): boolean => (views[0]?.ttfb ?? 0) > 800;
  const groupOf = (visits: readonly Visit[]) => ({
    part: visits.filter((visit) => routesOf(visit).includes('/thanks')).length,
    whole: visits.length,
  });
  const [fast, slow] = [
    groupOf(VISITS.filter((visit) => !isSlow(visit))),
    groupOf(VISITS.filter((visit) => isSlow(visit))),
  ];
  const percent = (share: number): string => `${(100 * share).toFixed(1).replace('.0', '')} %`;
  await expect
    .poll(async () => (await cellsOf(page, 'By rating, table')).map((cells) => cells.slice(0, 3)))
    .toEqual([
      ['Good', String(fast.whole), String(fast.part)],
      ['Needs improvement', String(slow.whole), String(slow.part)],
      ['Poor', '0', '0'],
    ]);
  const difference = fast.part / fast.whole - slow.part / slow.whole;
  await expect(panel).toContainText('Those with a good TTFB had it more often than the others');
  await expect(panel).toContainText(`+${(100 * difference).toFixed(1)} points`);
  const weighted = (0.75 * fast.part) / fast.whole + (0.25 * slow.part) / slow.whole;
  const rows = await cellsOf(page, 'What if it were faster, table');
  expect(rows).toHaveLength(5);
  expect(rows[0]?.[0]).toContain('810 ms');
  for (const cells of rows) expect(cells[1]).toBe(percent(weighted));
  const now = (fast.part + slow.part) / VISITS.length;
  expect(rows[0]?.[2]).toContain(`+${(100 * (weighted - now)).toFixed(1)} points`);
  await expect(panel).toContainText('This is an association, not a cause');

  await panel.getByText('Show as table').click();
  expect((await cellsOf(page, '/thanks by TTFB, as a table')).map((cells) => cells.slice(1, 3))).toEqual([
    [String(fast.whole), String(fast.part)],
    [String(slow.whole), String(slow.part)],
  ]);
  const file = (await panel.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '';
  const csv = await page.evaluate(async (href) => (await fetch(href)).text(), file);
  expect(csv.split('\r\n')[0]).toBe('group,from,to,sessions,reached,share,low,high');
  expect(csv).toContain(`good,,,${fast.whole},${fast.part},`);
  await panel.getByLabel('Goal').selectOption('Look');
  await expect(panel).toContainText(/sessions had\s+Look/);
});

test('all of them are accessible in both themes, and fit a phone', async ({ shop, page, browser }) => {
  test.slow();
  await enter(page, shop);
  await expectAccessible(
    { shop, page, browser },
    {
      journeys: `/admin/rum/journeys?${SPAN}&depth=4`,
      'journeys-to': `/admin/rum/journeys?${SPAN}&at=/checkout&direction=to`,
      nowhere: `/admin/rum/journeys?${SPAN}&at=/nowhere`,
      funnel: `/admin/rum/funnels?${SPAN}&${STEPS}`,
      'funnel-empty': `/admin/rum/funnels?${SPAN}`,
      goals: `/admin/rum/goals?${SPAN}&goals=view:/thanks|custom:add_to_cart&impact=ttfb`,
      route: `/admin/rum/pages/%2Fcart?${SPAN}`,
    },
  );
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
});
