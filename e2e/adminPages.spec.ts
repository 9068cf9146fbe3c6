import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { FROM, fill, HOSTILE, percentile, TO, viewsOf } from './adminData.js';
import { adminTest } from './adminTest.js';
import { drawSpan } from './drawSpan.js';
import { openShop, VITALS } from './shop.js';
import { count, near } from './shownFigures.js';

const SPAN = `from=${FROM}&to=${TO}`;

const test = adminTest(async (database) => {
  await fill(database);
  return openShop(database);
});

test('the overview shows what was stored, and says it in words', async ({ admin, shop }) => {
  await admin.goto(`${shop.url}/admin/rum?${SPAN}`);
  const views = viewsOf();
  await expect(total(admin, 'Views')).toHaveText(count(views.length));
  for (const vital of VITALS) {
    const card = admin.getByRole('article', { name: new RegExp(`^${vital}`, 'i') });
    const n = views.filter((view) => view[vital] !== null).length;
    await expect(card).toContainText(`n = ${count(n)}`);
    await near(card.locator('strong'), percentile(views, vital, 0.75), vital);
  }
  const mobile = percentile(
    viewsOf(({ device }) => device === 'mobile'),
    'lcp',
    0.75,
  );
  expect(mobile).toBeGreaterThan(4000);
  await expect(admin.getByRole('region', { name: 'In words' })).toContainText(/LCP is poor.* poor on mobile/);
  const germany = viewsOf(({ country }) => country === 'DE').length;
  await expect(row(admin.getByRole('region', { name: 'Countries' }), 'Germany')).toContainText(
    count(germany),
  );
  const slowest = admin.getByRole('region', { name: 'Slowest routes' }).getByRole('rowheader').first();
  await expect(slowest).toHaveText('/checkout');
});

test('a filter is added by keyboard alone, narrows every figure, and is taken away again', async ({
  admin,
  shop,
}) => {
  await admin.goto(`${shop.url}/admin/rum?${SPAN}`);
  await expect(total(admin, 'Views')).toHaveText(count(viewsOf().length));
  await admin.keyboard.press('/');
  await expect(admin.getByRole('combobox', { name: 'Filter by' })).toBeFocused();
  await admin.keyboard.type('coun');
  await admin.keyboard.press('Enter');
  const values = admin.getByRole('combobox', { name: 'Value of Country' });
  await expect(values).toBeFocused();
  const germany = viewsOf(({ country }) => country === 'DE').length;
  await values.fill('DE');
  await expect(admin.getByRole('option', { name: `Germany ${count(germany)}` })).toBeVisible();
  await admin.keyboard.press('Enter');
  await expect(admin).toHaveURL(`${shop.url}/admin/rum?${SPAN}&filter=country:DE`);
  await expect(total(admin, 'Views')).toHaveText(count(germany));

  const chip = admin.getByRole('group', { name: 'Country is' });
  await chip.getByRole('button', { name: 'is', exact: true }).press('Enter');
  await expect(admin).toHaveURL(`${shop.url}/admin/rum?${SPAN}&filter=!country:DE`);
  await expect(total(admin, 'Views')).toHaveText(count(viewsOf().length - germany));
  await admin.getByRole('button', { name: 'Remove Country Germany' }).press('Enter');
  await expect(total(admin, 'Views')).toHaveText(count(viewsOf().length));
});

test('compared with the time before, a change says whether it is more than chance', async ({
  admin,
  shop,
}) => {
  await admin.goto(`${shop.url}/admin/rum?${SPAN}`);
  await expect(total(admin, 'Views')).toHaveText(count(viewsOf().length));
  await admin.getByLabel('Compare').selectOption('previous');
  await expect(admin).toHaveURL(`${shop.url}/admin/rum?${SPAN}&compare=previous`);
  const before = viewsOf(undefined, FROM - (TO - FROM), FROM);
  const card = admin.getByRole('article', { name: /^LCP/ });
  await expect(card).toContainText(/↑ \d+ % slower\s*more than chance/);
  const shown = Number(/(\d+) % slower/.exec((await card.textContent()) ?? '')?.[1]);
  const told = (percentile(viewsOf(), 'lcp', 0.75) / percentile(before, 'lcp', 0.75) - 1) * 100;
  expect(Math.abs(shown - told)).toBeLessThan(4);
  await expect(admin.getByRole('article', { name: /^TTFB/ })).toContainText('may be chance');
  await expect(admin.getByRole('region', { name: 'Most regressed routes' }).getByRole('row')).not.toHaveCount(
    0,
  );
});

test('a range of one’s own is set in the fields, or drawn over the chart', async ({ admin, shop }) => {
  await admin.goto(`${shop.url}/admin/rum?tz=utc`);
  await admin.getByRole('button', { name: 'Custom' }).click();
  const panel = admin.getByRole('dialog', { name: 'Custom time range' });
  const [from, to] = [FROM, FROM + 3 * 3_600_000];
  await panel.getByLabel('From').fill(new Date(from).toISOString().slice(0, 16));
  await panel.getByLabel('To').fill(new Date(from).toISOString().slice(0, 16));
  await panel.getByRole('button', { name: 'Show' }).click();
  await expect(panel.getByRole('alert')).toHaveText('The end must be at least a minute after the start.');
  await panel.getByLabel('To').fill(new Date(to).toISOString().slice(0, 16));
  await panel.getByRole('button', { name: 'Show' }).click();
  await expect(admin).toHaveURL(`${shop.url}/admin/rum?from=${from}&to=${to}&tz=utc`);
  await expect(total(admin, 'Views')).toHaveText(count(viewsOf(undefined, from, to).length));

  await drawSpan(admin.locator('.rum-traffic'));
  await expect.poll(() => new URL(admin.url()).searchParams.get('from')).not.toBe(String(from));
  const drawn = new URL(admin.url()).searchParams;
  const [start, end] = [Number(drawn.get('from')), Number(drawn.get('to'))];
  expect(start).toBeGreaterThan(from);
  expect(end).toBeLessThan(to);
  await expect(total(admin, 'Views')).toHaveText(count(viewsOf(undefined, start, end).length));
});

test('a span drawn over a vital’s percentiles becomes the time that is shown', async ({ admin, shop }) => {
  await admin.goto(`${shop.url}/admin/rum/vitals/lcp?${SPAN}`);
  await drawSpan(admin.locator('.rum-percentiles'));
  await expect.poll(() => Number(new URL(admin.url()).searchParams.get('from'))).toBeGreaterThan(FROM);
  const drawn = new URL(admin.url()).searchParams;
  const views = viewsOf(undefined, Number(drawn.get('from')), Number(drawn.get('to')));
  expect(views.length).toBeLessThan(viewsOf().length);
  await expect(admin.getByRole('region', { name: 'Distribution', exact: true })).toContainText(
    `n = ${count(views.length)}`,
  );
});

test('a vital in full: percentiles, distribution, causes, and a breakdown whose rows are filters', async ({
  admin,
  shop,
}) => {
  await admin.goto(`${shop.url}/admin/rum/vitals/lcp?${SPAN}`);
  const views = viewsOf();
  const distribution = admin.getByRole('region', { name: 'Distribution', exact: true });
  await expect(distribution).toContainText(`n = ${count(views.length)}`);
  for (const [name, share] of [
    ['p50', 0.5],
    ['p75', 0.75],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const) {
    await near(
      distribution.locator('dl div', { hasText: name }).locator('dd > span'),
      percentile(views, 'lcp', share),
      'lcp',
    );
  }
  await distribution.getByText('Show as table').click();
  const counts = await distribution.getByRole('row').locator('td:nth-of-type(1)').allInnerTexts();
  expect(counts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0)).toBe(views.length);
  await expect(row(admin.getByRole('region', { name: 'Why' }), '#hero>img')).toContainText(
    count(views.length),
  );

  const breakdown = admin.getByRole('region', { name: 'Breakdown table' });
  const mobile = viewsOf(({ device }) => device === 'mobile');
  await expect(row(breakdown, 'mobile')).toContainText(count(mobile.length));
  await row(breakdown, 'mobile').getByRole('button').press('Enter');
  await expect(admin).toHaveURL(`${shop.url}/admin/rum/vitals/lcp?${SPAN}&filter=device:mobile`);
  await expect(distribution).toContainText(`n = ${count(mobile.length)}`);
  await admin.getByRole('combobox', { name: 'by', exact: true }).selectOption('country');
  await admin.getByLabel('n at least').selectOption('100');
  await expect(admin).toHaveURL(/&by=country&min=100$/);
  const few = viewsOf(({ device, country }) => device === 'mobile' && country === 'FR').length;
  await expect(row(breakdown, 'France')).toHaveAttribute('data-few', String(few < 100));
});

test('the routes can be sorted, shown by chosen columns, kept as files, and lead to their own page', async ({
  admin,
  shop,
}) => {
  await admin.goto(`${shop.url}/admin/rum/pages?${SPAN}`);
  const table = admin.getByRole('region', { name: 'Routes table' });
  const checkout = viewsOf(({ route }) => route === '/checkout');
  await expect(row(table, '/checkout')).toContainText(count(checkout.length));
  await table.getByRole('button', { name: 'LCP' }).click();
  await expect(admin).toHaveURL(/&sort=-lcp$/);
  await expect(table.getByRole('rowheader').first()).toHaveText('/checkout');
  await admin.getByRole('button', { name: 'Columns' }).click();
  await admin.getByRole('checkbox', { name: /^TTFB/ }).uncheck();
  await admin.keyboard.press('Escape');
  await expect(table.getByRole('columnheader', { name: 'TTFB' })).toHaveCount(0);

  const download = admin.waitForEvent('download');
  await admin.getByRole('link', { name: 'CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv).toContain("'=cmd|calc");
  expect(csv).toContain(`/checkout,${checkout.length},`);

  await table.getByRole('link', { name: '/checkout' }).click();
  await expect(admin).toHaveURL(
    `${shop.url}/admin/rum/pages/%2Fcheckout?${SPAN}&sort=-lcp&columns=views,share,lcp,inp,cls,fcp`,
  );
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('/checkout');
  await expect(admin.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(total(admin, 'Views')).toHaveText(count(checkout.length));
  await near(
    admin.getByRole('article', { name: /^LCP/ }).locator('strong'),
    percentile(checkout, 'lcp', 0.75),
    'lcp',
  );
  await admin.goBack();
  await expect(row(table, '/checkout')).toBeVisible();
});

test('a copied address shows another person the same, and survives a reload', async ({
  admin,
  browser,
  shop,
  session,
}) => {
  const address = `${shop.url}/admin/rum/vitals/inp?${SPAN}&compare=previous&filter=device:mobile&filter=!country:FR&tz=utc&theme=dark&by=browser&min=30&percentiles=p50,p99`;
  await admin.goto(address);
  const shown = async (page: Page): Promise<string | null> => {
    await expect(page.getByRole('region', { name: 'Breakdown table' }).getByRole('rowheader')).toHaveCount(4);
    await expect(page.locator('.rum-percentiles .recharts-surface text').first()).toBeVisible();
    return page.getByRole('main').textContent();
  };
  const mine = await shown(admin);
  const context = await browser.newContext();
  await context.addCookies([{ name: 'rum_session', value: session, url: shop.url }]);
  const theirs = await context.newPage();
  await theirs.goto(admin.url());
  expect(await shown(theirs)).toBe(mine);
  await context.close();
  await admin.reload();
  expect(await shown(admin)).toBe(mine);
});

test('what was stored to harm is shown as text', async ({ admin, shop }) => {
  for (const path of ['', '/pages', '/vitals/lcp', `/pages/${encodeURIComponent(HOSTILE[0] ?? '')}`]) {
    await admin.goto(`${shop.url}/admin/rum${path}?${SPAN}&by=route&min=1`);
    await expect(
      admin
        .getByRole('main')
        .getByText(HOSTILE[0] ?? '')
        .first(),
    ).toBeVisible();
    await admin.waitForLoadState('networkidle');
    expect(await admin.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await admin.locator('main script, main b').count()).toBe(0);
  }
  await admin.goto(`${shop.url}/admin/rum/pages?${SPAN}`);
  for (const route of HOSTILE) {
    const name = admin.getByRole('rowheader').filter({ hasText: route });
    await expect(name).toBeVisible();
    await name.getByRole('link').click();
    await expect(admin.getByRole('heading', { level: 1 })).toHaveText(route);
    await expect(total(admin, 'Views')).toHaveText(count(viewsOf((view) => view.route === route).length));
    await admin.reload();
    await expect(admin.getByRole('heading', { level: 1 })).toHaveText(route);
    // Once the page is back: a route's own tables name routes too.
    await admin.goBack();
    await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Pages');
  }
});

test('keys lead from page to page, but not out of a field', async ({ admin, shop }) => {
  await admin.goto(`${shop.url}/admin/rum?${SPAN}`);
  const heading = admin.getByRole('heading', { level: 1 });
  await expect(total(admin, 'Views')).toHaveText(count(viewsOf().length));
  for (const [key, title] of [
    ['v', 'Largest Contentful Paint'],
    ['p', 'Pages'],
    ['e', 'Errors'],
    ['l', 'Live'],
    ['h', 'Data health'],
    ['o', 'Overview'],
  ] as const) {
    await admin.keyboard.press('g');
    await admin.keyboard.press(key);
    await expect(heading).toHaveText(title);
    await expect(heading).toBeFocused();
    expect(new URL(admin.url()).search).toBe(`?${SPAN}`);
    await expect(admin.getByRole('navigation', { name: 'Admin' }).locator('[aria-current=page]')).toHaveCount(
      1,
    );
  }
  await admin.keyboard.press('?');
  await expect(admin.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await admin.keyboard.press('Escape');
  await expect(admin.getByRole('dialog', { name: 'Keyboard' })).toBeHidden();
  await admin.keyboard.press('/');
  await admin.keyboard.type('gl?');
  await expect(admin.getByRole('combobox', { name: 'Filter by' })).toHaveValue('gl?');
  await expect(heading).toHaveText('Overview');
  await admin.keyboard.press('Escape');
  await expect(admin.getByRole('combobox', { name: 'Filter by' })).toBeHidden();
});

test('an address that leads nowhere says so inside the frame', async ({ admin, shop }) => {
  await admin.goto(`${shop.url}/admin/rum/nowhere/at/all?range=7d`);
  await expect(admin.getByText('This address leads nowhere')).toBeVisible();
  await admin.getByRole('link', { name: 'Go to the overview' }).click();
  await expect(admin).toHaveURL(`${shop.url}/admin/rum?range=7d`);
  await admin.goto(`${shop.url}/admin/rum?range=99y`);
  await expect(admin.getByRole('alert').filter({ hasText: 'range must be one of' })).toBeVisible();
});

function total(page: Page, label: string): Locator {
  return page.locator('.rum-traffic dl div', { hasText: label }).locator('dd');
}

function row(region: Locator, name: string): Locator {
  return region.getByRole('row').filter({ has: region.page().getByRole('rowheader', { name }) });
}
