import { HOSTILE, VISITS } from './adminPathsData.js';
import { expectAccessible, settled } from './expectAccessible.js';
import { enter, expect, SPAN, test } from './visitsShop.js';

const byBeginning = [...VISITS].sort((a, b) => (b.views[0]?.startedAt ?? 0) - (a.views[0]?.startedAt ?? 0));

test('sessions are those that were stored, and can be asked to have something', async ({ shop, page }) => {
  await enter(page, shop);
  await page.goto(`${shop.url}/admin/rum?${SPAN}`);
  // Keys mean something once the page is alive.
  await settled(page);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sessions');
  const rows = page.getByRole('region', { name: 'Sessions table' }).locator('tbody tr');
  await expect(rows).toHaveCount(100);
  for (const [place, { views, events }] of byBeginning.slice(0, 20).entries()) {
    const cells = rows.nth(place).locator('td');
    await expect(cells.nth(0)).toContainText(views[0]?.route ?? '');
    await expect(cells.nth(0)).toContainText(`→ ${views.at(-1)?.route}`);
    await expect(cells.nth(2)).toHaveText(String(views.length));
    await expect(cells.nth(4)).toHaveText(String(events.filter(({ type }) => type === 'error').length));
  }
  const withErrors = VISITS.filter(({ events }) => events.some(({ type }) => type === 'error'));
  await page.getByLabel('Errors').check();
  await expect(page).toHaveURL(/with=errors/);
  await expect(rows).toHaveCount(withErrors.length);
  await page.getByLabel('Frustration').check();
  const both = withErrors.filter(({ events }) => events.some(({ name }) => name === 'Buy'));
  await expect(rows).toHaveCount(both.length);
  await page.getByLabel('Errors').uncheck();
  await page.getByLabel('Frustration').uncheck();
  await page.getByLabel('A poor vital').check();
  await page.getByLabel('Views', { exact: true }).selectOption('5');
  const slow = VISITS.filter(({ views }) => views.length >= 5 && views.some(({ lcp }) => (lcp ?? 0) > 4000));
  await expect(rows).toHaveCount(slow.length);

  const file = (await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '';
  const csv = await page.evaluate(async (href) => (await fetch(href)).text(), file);
  expect(csv.trimEnd().split('\r\n')).toHaveLength(slow.length + 1);
});

test('one session is told on an axis, by keyboard, and as a table', async ({ shop, page }) => {
  await enter(page, shop);
  await page.goto(`${shop.url}/admin/rum/sessions?${SPAN}&with=errors,frustrations`);
  const link = page.getByRole('region', { name: 'Sessions table' }).getByRole('link').first();
  const id = (await link.getAttribute('href'))?.match(/sessions\/([^?]+)/)?.[1];
  const visit = VISITS.find(({ views }) => views[0]?.id === id);
  if (visit === undefined) throw new Error(`no visit begins with ${id}`);
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Session of');
  await settled(page);
  const list = page.getByRole('listbox');
  const vitals = visit.views.reduce((sum, { lcp, ttfb }) => sum + (lcp ? 1 : 0) + (ttfb ? 1 : 0), 0);
  await expect(list.getByRole('option')).toHaveCount(visit.views.length + visit.events.length + vitals);
  await page.getByText('Show as table').click();
  await expect(
    page.getByRole('region', { name: 'What happened, as a table' }).locator('tbody tr'),
  ).toHaveCount(visit.views.length + visit.events.length + vitals);

  await list.focus();
  await page.keyboard.press('Home');
  const chosen = page.getByRole('region', { name: 'What is chosen' });
  await expect(chosen).toContainText(visit.views[0]?.path ?? '');
  await page.keyboard.press('ArrowRight');
  await expect(list.getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('+');
  await expect(page.getByRole('button', { name: 'Whole session' })).toBeEnabled();
  await page.getByRole('button', { name: 'Whole session' }).click();
  await list.getByRole('option', { name: /Lamp is broken/ }).click();
  await expect(chosen).toContainText('Lamp is broken');
  await chosen.getByRole('link', { name: 'All errors like this' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('TypeError: Lamp is broken');

  const html = await (await page.goto(`${shop.url}/admin/rum/sessions/${id}`))?.text();
  expect(html).not.toContain('visitor-');
  await expect(page.getByText('Strict privacy: nobody can tell who this was.')).toBeVisible();
});

test('both pages are accessible in both themes, fit a phone, and show what was sent to harm as text', async ({
  shop,
  page,
  browser,
}) => {
  test.slow();
  await enter(page, shop);
  const hostile = VISITS[0]?.views[0]?.id;
  const pages = {
    sessions: `/admin/rum/sessions?${SPAN}`,
    session: `/admin/rum/sessions/${hostile}?${SPAN}`,
    gone: `/admin/rum/sessions/0199f3c2-7a51-7000-8000-000000000000?${SPAN}`,
    none: `/admin/rum/sessions?${SPAN}&filter=country:XX`,
  };
  await expectAccessible({ shop, page, browser }, pages);
  await page.goto(`${shop.url}${pages.session}`);
  await expect(page.getByRole('option', { name: HOSTILE[0] })).toHaveCount(2);
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
});
