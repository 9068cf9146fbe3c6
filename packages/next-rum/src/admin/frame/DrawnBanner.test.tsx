// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { overview, vital } from '../../testing/adminAnswers.js';
import { openAt, setUpAdmin } from '../../testing/adminPage.js';

const { answers } = setUpAdmin();

test('a page says which sessions its figures are of where not all are recorded', async () => {
  answers['/admin/overview'] = () =>
    Response.json({ ...overview({ views: 190 }), drawn: { share: [0.1, 0.1], kept: 90, of: 190 } });
  await openAt('');
  expect(screen.getByText('10 % of sessions').closest('p')?.textContent).toBe(
    '10 % of sessions are recorded, and those that meet trouble: 90 of the latest 190 views, so that errors and slow pages weigh more.',
  );
});

test('shares that changed are told from the least to the most', async () => {
  answers['/admin/vital'] = () =>
    Response.json({ ...vital({}), drawn: { share: [0.005, 1], kept: 0, of: 1000 } });
  await openAt('/vitals?metric=lcp');
  expect(screen.getByText('0.5–100 % of sessions').closest('p')?.textContent).toBe(
    '0.5–100 % of sessions are recorded.',
  );
});

test('nothing is said where all are', async () => {
  await openAt('');
  expect(screen.queryByText(/of sessions/)).toBeNull();
});
