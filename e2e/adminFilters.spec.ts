import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { defineRum } from '@rumkit/next-rum';
import { percentile } from './adminData.js';
import { DIMENSIONS, EVENTS, FROM, ODD_NAME, TO, VIEWS } from './adminFiltersData.js';
import { adminTest } from './adminTest.js';
import { settled } from './expectAccessible.js';
import { openShop, type Shop, type View } from './shop.js';
import { count, near } from './shownFigures.js';

const SPAN = `from=${FROM}&to=${TO}`;

interface Opened extends Shop {
  /** Answers as the same server would of an app that knows users, under consent. */
  readonly answer: (url: string) => Promise<Response>;
}

const test = adminTest<Opened>(async (database) => {
  const rum = defineRum({ database, privacy: 'consent', authorize: () => 'viewer' });
  const store = await rum.store();
  await store.insert({ views: VIEWS, events: EVENTS });
  const { shop, close } = await openShop(database);
  return {
    shop: { ...shop, answer: (url) => rum.handle(new Request(url)) },
    close: async () => {
      await close();
      await store.close();
    },
  };
});

/** Lets every answer be that of an app under consent. */
async function underConsent(admin: Page, shop: Opened): Promise<void> {
  await admin.route(/\/api\/rum\/admin\/(?!sign-in|live)/, async (route) => {
    const answer = await shop.answer(route.request().url());
    const contentType = answer.headers.get('content-type') ?? 'application/json';
    await route.fulfill({ status: answer.status, body: await answer.text(), contentType });
  });
}

for (const { dimension, label, value, shown = value, of } of DIMENSIONS) {
  test(`views are kept and left out by ${dimension}, and every figure is theirs`, async ({ admin, shop }) => {
    if (dimension === 'user') await underConsent(admin, shop);
    const kept = VIEWS.filter((view) => of(view) === value);
    const others = VIEWS.filter((view) => of(view) !== value);
    expect(Math.min(kept.length, others.length)).toBeGreaterThan(20);

    await admin.goto(`${shop.url}/admin/rum?${SPAN}`);
    await settled(admin);
    await admin.keyboard.press('/');
    if (dimension.startsWith('property.')) {
      await choose(admin, 'Filter by', 'custom', 'Custom property…');
      await choose(admin, 'Name of the property', label, label);
    } else await choose(admin, 'Filter by', label, label);
    await choose(admin, `Value of ${label}`, value, shown, kept.length);
    const text = new URLSearchParams({ filter: `${dimension}:${value}` }).get('filter');
    expect(new URL(admin.url()).searchParams.getAll('filter')).toEqual([text]);
    await expectFigures(admin, kept);

    const chip = admin.getByRole('group', { name: `${label} is`, exact: true });
    await chip.getByRole('button', { name: 'is', exact: true }).click();
    expect(new URL(admin.url()).searchParams.getAll('filter')).toEqual([`!${text}`]);
    await expectFigures(admin, others);

    const { search } = new URL(admin.url());
    await admin.goto(`${shop.url}/admin/rum/errors${search}`);
    const errors = eventsOf(others, 'error').length;
    await expect(admin.getByRole('row', { name: /Lamp is broken/ })).toContainText(count(errors));
    await admin.goto(`${shop.url}/admin/rum/requests${search}`);
    await expect(admin.getByRole('row', { name: /\/api\/cart/ }).first()).toContainText(count(others.length));
  });
}

test('what only the latest views tell is said so, what they do not tell can be typed, and names are only names', async ({
  admin,
  shop,
}) => {
  await admin.goto(`${shop.url}/admin/rum?${SPAN}`);
  await settled(admin);
  await admin.keyboard.press('/');
  await choose(admin, 'Filter by', 'custom', 'Custom property…');
  const list = admin.getByRole('listbox');
  await expect(list.getByRole('option')).toHaveText([
    /^isMember/,
    /^plan/,
    new RegExp(`^${escaped(ODD_NAME)}`),
  ]);
  await expect(admin.getByText(`Counted in all ${VIEWS.length} views.`)).toBeVisible();
  const { violations } = await new AxeBuilder({ page: admin }).include('.rum-admin').analyze();
  expect(violations).toEqual([]);
  await choose(admin, 'Name of the property', 'plan', 'plan');
  await admin.getByRole('combobox', { name: 'Value of plan' }).fill('platinum');
  await expect(list.getByRole('option')).toHaveText(['platinumas typed']);
  await admin.keyboard.press('Enter');
  await expect(admin.getByText('No view passes these filters')).toBeVisible();
  await admin.getByRole('button', { name: 'Remove plan platinum' }).click();

  await admin.keyboard.press('/');
  await choose(admin, 'Filter by', 'user', 'User');
  await expect(admin.getByText("users are known only with defineRum({ privacy: 'consent' })")).toBeVisible();
  await admin.keyboard.press('Backspace');
  await expect(admin.getByRole('combobox', { name: 'Filter by' })).toBeFocused();
});

test('several filters hold at once on every page, and go on with a link', async ({ admin, shop }) => {
  const filters = ['utm_campaign:campaign 1', '!property.plan:free', 'device:mobile', 'device:desktop'];
  const search = new URLSearchParams([
    ['from', String(FROM)],
    ['to', String(TO)],
    ...filters.map((filter) => ['filter', filter]),
  ]);
  const of = (name: string) => DIMENSIONS.find(({ dimension }) => dimension === name)?.of ?? (() => '');
  const meant = VIEWS.filter(
    (view) => of('utm_campaign')(view) === 'campaign 1' && of('property.plan')(view) !== 'free',
  );
  await admin.goto(`${shop.url}/admin/rum?${search}`);
  await expectFigures(admin, meant);
  for (const [link, heading] of [
    ['Vitals', 'Largest Contentful Paint'],
    ['Pages', 'Pages'],
    ['Sessions', 'Sessions'],
    ['Journeys', 'Journeys'],
    ['Actions', 'Actions'],
    ['Live', 'Live'],
  ] as const) {
    await admin
      .getByRole('navigation', { name: 'Admin' })
      .getByRole('link', { name: link, exact: true })
      .click();
    await expect(admin.getByRole('heading', { level: 1 })).toContainText(heading);
    expect(new URL(admin.url()).searchParams.getAll('filter')).toEqual(filters);
    await settled(admin);
    await expect(admin.locator('.rum-admin').getByRole('alert')).toHaveCount(0);
    await expect(admin.getByRole('group', { name: /^(UTM campaign is|plan is not|Device is)$/ })).toHaveCount(
      3,
    );
  }
});

async function choose(
  admin: Page,
  field: string,
  text: string,
  option: string,
  views?: number,
): Promise<void> {
  const combobox = admin.getByRole('combobox', { name: field, exact: true });
  await combobox.fill(text);
  const name = new RegExp(`^${escaped(option)}${views === undefined ? '' : ` ?${count(views)}`}`);
  await admin.getByRole('option', { name }).first().click();
}

async function expectFigures(admin: Page, views: readonly View[]): Promise<void> {
  await expect(total(admin, 'Views')).toHaveText(count(views.length));
  await expect(total(admin, 'Errors')).toHaveText(count(eventsOf(views, 'error').length));
  const card = admin.getByRole('article', { name: /^LCP/ });
  await expect(card).toContainText(`n = ${count(views.length)}`);
  await near(card.locator('strong'), percentile(views, 'lcp', 0.75), 'lcp');
}

function eventsOf(views: readonly View[], type: string) {
  const ids = new Set(views.map(({ id }) => id));
  return EVENTS.filter((event) => event.type === type && ids.has(event.viewId));
}

function total(admin: Page, label: string): Locator {
  return admin.locator('.rum-traffic dl div', { hasText: label }).locator('dd');
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
