// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { openAt, settle, setUpAdmin } from '../../../testing/adminPage.js';
import { makeShift, makeTrend, makeTrends } from '../../../testing/makeTrends.js';

const { answers, asked } = setUpAdmin();

function answerWith(...findings: Parameters<typeof makeTrends>[0]): void {
  answers['/admin/trends'] = () => Response.json(makeTrends(findings));
}

function cardOf(title: RegExp): HTMLElement {
  return screen.getByRole('article', { name: title });
}

test('says what rises, and since when something is another one, and leads to the days of its views', async () => {
  answerWith(makeTrend(), makeShift());
  await openAt('/insights');
  await settle();
  const trend = cardOf(/^p75 LCP on \/product\/\[id\] has risen by 38 ms a week for 8 weeks/);
  const link = within(trend).getByRole('link', { name: /^p75 LCP/ });
  expect(link.getAttribute('href')).toMatch(
    /\/vitals\/lcp\?from=1790812800000&to=1795651200000&filter=route:\/product\/%5Bid%5D/,
  );
  expect(within(trend).getByText('Trend for the worse')).toBeTruthy();
  expect(
    within(trend).getByText('110 slow views a day more · about 110 views worse in this time'),
  ).toBeTruthy();
  const shift = cardOf(/^p75 TTFB on \/shop went from 310 ms to 480 ms on 12 November/);
  expect(within(shift).getByText('Shift for the worse')).toBeTruthy();
  expect(screen.getByText(/56 UTC days, 1 Oct to 25 Nov, .* 50 trends and shifts/)).toBeTruthy();
});

test('shows its days as a table, with what is told of them', async () => {
  answerWith(makeShift({ affected: -140 }));
  await openAt('/insights');
  await settle();
  const card = cardOf(/^p75 TTFB/);
  expect(within(card).getByText('Shift for the better')).toBeTruthy();
  within(card).getByText('Show as table').click();
  await settle();
  const rows = within(card).getAllByRole('row');
  expect(rows).toHaveLength(57);
  expect(rows[42]?.textContent).toBe('11 Nov310 ms310 ms1,000');
  expect(rows[43]?.textContent).toBe('12 Nov480 ms480 ms1,000');
});

test('it is snoozed and then stands last in the feed, and what browsers sent is text', async () => {
  const hostile = '<img src=x onerror=alert(1)>';
  answerWith(makeTrend({ route: hostile }), makeShift({ alike: [hostile] }));
  const { unmount } = await openAt('/insights');
  await settle();
  expect(document.querySelector('article img')).toBeNull();
  within(cardOf(/^p75 LCP/))
    .getByRole('button', { name: 'Snooze' })
    .click();
  await settle();
  expect(asked).toContain('POST /admin/insights');
  unmount();
  answerWith({ ...makeTrend(), snoozedUntil: Date.UTC(2026, 10, 30) }, makeShift());
  await openAt('/insights');
  await settle();
  expect(
    screen.getAllByRole('article').map((card) => /^Shift|^Snoozed/.exec(card.textContent ?? '')?.[0]),
  ).toEqual(['Shift', 'Snoozed']);
});

test('says why there is none', async () => {
  const { unmount } = await openAt('/insights');
  await settle();
  expect(screen.getByText('No trend, and no shift that stayed')).toBeTruthy();
  unmount();
  answers['/admin/trends'] = () => Response.json(makeTrends([], { days: 12, tests: 0 }));
  await openAt('/insights');
  await settle();
  expect(screen.getByText(/there are 12 days with views/)).toBeTruthy();
});
