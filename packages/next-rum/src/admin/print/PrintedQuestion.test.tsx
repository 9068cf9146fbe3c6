// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { breakdown, row } from '../../testing/adminAnswers.js';
import { loaded, openAt, setUpAdmin } from '../../testing/adminPage.js';

// jsdom lays nothing out, and a chart without a size draws nothing.
vi.mock('../charts/TrafficChart.js', () => ({ TrafficChart: () => null }));

const { answers } = setUpAdmin();

test('what is printed says of what it is, in words, and the screen does not', async () => {
  await openAt('?range=7d&compare=week&filter=country:DE&filter=country:AT&filter=!device:mobile&tz=utc');
  expect(document.querySelector('.rum-printed')).toBeNull();
  fireEvent(window, new Event('beforeprint'));
  expect(document.querySelector('.rum-printed')?.textContent).toBe(
    'Timethe last 7 days, UTCComparedvs. a week earlierViews ofVisitors' +
      'FiltersCountry is Germany or Austria; Device is not mobile',
  );
  fireEvent(window, new Event('afterprint'));
  expect(document.querySelector('.rum-printed')).toBeNull();
});

test('a table of which only the rows in sight are drawn is printed in full', async () => {
  const routes = Array.from({ length: 300 }, (_, index) => row(`/route-${index}`, 1000 - index, 1200));
  answers['/admin/breakdown'] = () => Response.json(breakdown(routes));
  await openAt('/pages');
  await loaded();
  const table = within(screen.getByRole('region', { name: 'Routes table' }));
  expect(table.getAllByRole('rowheader').length).toBeLessThan(100);
  fireEvent(window, new Event('beforeprint'));
  expect(table.getAllByRole('rowheader').map(({ textContent }) => textContent)).toEqual(
    routes.map(({ value }) => value),
  );
  fireEvent(window, new Event('afterprint'));
  expect(table.getAllByRole('rowheader').length).toBeLessThan(100);
});
