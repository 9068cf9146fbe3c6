import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { defineRum } from '@rumkit/next-rum';
import { blankView } from './adminData.js';
import { settled } from './expectAccessible.js';
import { expect, openShop, type Shop, signIn, type View } from './shop.js';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** The first Monday of the epoch. */
const MONDAY = 4 * DAY;

/** Three whole weeks from Monday to Monday in UTC, before the present one. */
const TO: number = Math.floor((Date.now() - MONDAY) / WEEK) * WEEK + MONDAY;
const FROM: number = TO - 3 * WEEK;

/** Users that come for the first time in one of the weeks, and some of them again; and views of nobody who is named. */
const VIEWS: readonly View[] = Array.from({ length: 60 }, (_, user) => {
  const weeks = [0, 1, 2].filter(
    (week) => week === user % 3 || (week > user % 3 && (user * 7 + week) % 4 < 2),
  );
  return weeks.flatMap((week) =>
    [0, 1].map((visit) =>
      visitOf(FROM + week * WEEK + ((user * 11 + visit * 3) % 7) * DAY + user * 1000, user),
    ),
  );
}).flat();

function visitOf(startedAt: number, user: number): View {
  return blankView({
    startedAt,
    route: '/',
    visitor: `visitor-${user}`,
    userId: user % 10 === 9 ? null : `user-${user}`,
    lcp: 1200,
    ttfb: 100,
  });
}

/** By the week in which they came first: how many users, and how many of them came in each later week. */
function cohorts(): readonly (readonly [users: number, returned: readonly number[]])[] {
  const weeksOf = new Map<string, Set<number>>();
  for (const { userId, startedAt } of VIEWS) {
    if (userId === null) continue;
    const weeks = weeksOf.get(userId) ?? new Set();
    weeksOf.set(userId, weeks.add(Math.floor((startedAt - FROM) / WEEK)));
  }
  return [0, 1, 2].map((week) => {
    const users = [...weeksOf.values()].filter((weeks) => Math.min(...weeks) === week);
    const later = [0, 1, 2].filter((each) => each > week);
    return [users.length, later.map((each) => users.filter((weeks) => weeks.has(each)).length)];
  });
}

const test = base.extend<{ readonly shop: Shop & { readonly answer: (url: string) => Promise<Response> } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs
  shop: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'rum-retention-'));
    const database = `file:${join(folder, 'rum.db')}`;
    // The shop keeps nothing of who somebody was; this is the same server of an app that does, under consent.
    const rum = defineRum({ database, privacy: 'consent', authorize: () => 'viewer' });
    const store = await rum.store();
    await store.insert({ views: VIEWS, events: [] });
    const { shop, close } = await openShop(database);
    await use({ ...shop, answer: (url) => rum.handle(new Request(url)) });
    await close();
    await rm(folder, { recursive: true, force: true });
  },
});

test('under consent, retention is how many named users came again, by the week in which they came first', async ({
  shop,
  page,
}) => {
  await signIn(page, shop);
  await page.route(/\/api\/rum\/admin\/retention/, async (route) => {
    const answer = await shop.answer(route.request().url());
    await route.fulfill({
      status: answer.status,
      body: await answer.text(),
      contentType: 'application/json',
    });
  });
  await page.goto(`${shop.url}/admin/rum/goals?from=${FROM}&to=${TO}`);
  await settled(page);
  const rows = await page.getByRole('region', { name: 'Retention table' }).locator('tbody tr').all();
  const shown = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
  expect(shown.map(([week]) => week)).toEqual(
    [0, 1, 2].map((week) =>
      new Date(FROM + week * WEEK).toLocaleDateString('en-GB', {
        day: 'numeric',
        month: 'short',
        timeZone: 'UTC',
      }),
    ),
  );
  const known = cohorts();
  expect(known[0]?.[1].every((returned) => returned > 0)).toBe(true);
  expect(shown.map(([, users]) => users)).toEqual(known.map(([users]) => String(users)));
  for (const [week, [users, returned]] of known.entries()) {
    const shares = shown[week]?.slice(2, 2 + returned.length).map(Number.parseFloat) ?? [];
    expect(shares).toHaveLength(returned.length);
    for (const [place, share] of shares.entries()) {
      expect(share, `week ${week}, ${place + 1} later`).toBeCloseTo(
        (100 * (returned[place] ?? 0)) / users,
        1,
      );
    }
  }
});
