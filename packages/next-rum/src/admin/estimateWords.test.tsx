// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { overview } from '../testing/adminAnswers.js';
import { openAt, setUpAdmin } from '../testing/adminPage.js';

const { answers } = setUpAdmin();

test('what is estimated is said beside the time shown', async () => {
  answers['/admin/overview'] = () => Response.json({ ...overview({ views: 50 }), oneIn: 1200 });
  await openAt('?filter=country:DE');
  expect(screen.getByText(/ · estimated from one view in 1,200$/)).not.toBeNull();
});

test('what was counted view by view is not called an estimate', async () => {
  answers['/admin/overview'] = () => Response.json(overview({ views: 50 }));
  await openAt('?filter=country:DE');
  expect(screen.queryByText(/estimated/)).toBeNull();
});
