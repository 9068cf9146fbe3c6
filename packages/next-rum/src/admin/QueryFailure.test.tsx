// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { errorGroup, errors } from '../testing/adminAnswers.js';
import { openAt, settle, setUpAdmin } from '../testing/adminPage.js';

// jsdom lays nothing out, and a chart without a size draws nothing.
vi.mock('./charts/ErrorsChart.js', () => ({ ErrorsChart: () => null }));

const { answers, asked } = setUpAdmin();

const DAY = 86_400_000;
const TO = 1_764_000_000_000;
const SENTENCE =
  'after 15 s 40 % of the time asked for was read: ask for its last 9 days, or for fewer filters';

function tooSlow(more: object = {}): Response {
  return Response.json({ error: 'too_slow', message: SENTENCE, ...more }, { status: 400 });
}

/** The chart above it comes of the same answer, and says the same where there is none. */
const groups = (): HTMLElement => screen.getByRole('region', { name: 'Groups' });

test('a question that takes too long is asked once, and a button asks the narrower one, which Back undoes', async () => {
  answers['/admin/errors'] = () => tooSlow({ from: TO - 9 * DAY, to: TO });
  await openAt('/errors?range=30d&filter=os:Linux');
  await settle(120_000);
  expect(within(groups()).getByText(SENTENCE)).toBeTruthy();
  const questions = (): readonly string[] => asked.filter((each) => each.includes('/admin/errors?'));
  expect(questions()).toHaveLength(1);
  answers['/admin/errors'] = () => Response.json(errors([errorGroup(2)]));
  const before = window.history.length;
  fireEvent.click(within(groups()).getByRole('button', { name: 'Show its last 9 days' }));
  await settle();
  expect(questions()).toHaveLength(2);
  expect(questions()[1]).toContain(`from=${TO - 9 * DAY}&to=${TO}`);
  expect(window.location.search).toBe(`?from=${TO - 9 * DAY}&to=${TO}&filter=os:Linux`);
  expect(window.history.length).toBe(before + 1);
  expect(groups().textContent).toContain('2 events in 1 group');
});

test('where no narrower question is known there is no button for it', async () => {
  answers['/admin/errors'] = () => tooSlow();
  await openAt('/errors');
  expect(within(groups()).getByText(SENTENCE)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /its last/ })).toBeNull();
});
