// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ComparedChange, ComparisonsResponse } from '../../../server/api.js';
import { RANGE } from '../../../testing/adminAnswers.js';
import { openAt, settle, setUpAdmin } from '../../../testing/adminPage.js';
import { makeComparison } from '../../../testing/makeComparison.js';

const { answers, asked } = setUpAdmin();

function answerWith(...changes: readonly ComparedChange[]): void {
  answers['/admin/comparisons'] = () =>
    Response.json({ range: RANGE, madeAt: RANGE.to, changes } satisfies ComparisonsResponse);
}

test('says what a release made slower, against whom, where, and leads there', async () => {
  answerWith(makeComparison());
  await openAt('/insights?tz=utc');
  await settle();
  const card = screen.getByRole('article', { name: /^Since release 1\.4\.0/ });
  const title = within(card).getByRole('link', {
    name: /p75 LCP on \/product\/\[id\] rose from 2\.10 s to 3\.40 s/,
  });
  expect(title.getAttribute('href')).toMatch(
    /\/vitals\/lcp\?from=\d+&to=\d+&filter=route:\/product\/%5Bid%5D/,
  );
  expect(within(card).getByText('Slower')).toBeTruthy();
  expect(within(card).getByText(/1,204 views .* of the same hours that had an older release/)).toBeTruthy();
  expect(within(card).getByRole('link', { name: 'on mobile devices' }).getAttribute('href')).toMatch(
    /filter=device:mobile/,
  );
  expect(within(card).getByText('3.20–3.60 s, n = 8,204')).toBeTruthy();
  const panel = screen.getByRole('region', { name: 'Since release 1.4.0' });
  expect(within(panel).getByText(/^1 of 40 differences that were looked for is told above/)).toBeTruthy();
});

test('says that nothing changed, and shows all metrics as a table', async () => {
  const [finding] = makeComparison().findings;
  const site = finding === undefined ? [] : [{ ...finding, route: null }];
  answerWith(makeComparison({ findings: [], site }));
  await openAt('/insights');
  await settle();
  const panel = screen.getByRole('region', { name: 'Since release 1.4.0' });
  expect(
    within(panel).getByText(/No significant change of anything: 40 differences were looked for/),
  ).toBeTruthy();
  expect(within(panel).getByRole('cell', { name: 'no significant change', hidden: true })).toBeTruthy();
  expect(within(panel).getByText(/\+1\.30 s \(\+1\.08 s to \+1\.52 s\)/)).toBeTruthy();
});

test('a difference is snoozed, and what browsers sent is text', async () => {
  const hostile = '<img src=x onerror=alert(1)>';
  answerWith(makeComparison({ kind: 'flag', name: hostile, variant: 'on', against: 'off' }));
  await openAt('/insights');
  await settle();
  expect(screen.getByRole('region', { name: `Flag ${hostile} = on` })).toBeTruthy();
  expect(document.querySelector('main img, article img')).toBeNull();
  screen.getByRole('button', { name: 'Snooze' }).click();
  await settle();
  expect(asked).toContain('POST /admin/insights');
});

test('says what is missing where there is nothing to compare', async () => {
  await openAt('/insights');
  await settle();
  expect(screen.getByText('Nothing to compare')).toBeTruthy();
});
