// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { openAt, setUpAdmin } from '../../testing/adminPage.js';

// jsdom lays nothing out, and a chart without a size draws nothing.
vi.mock('../charts/TrafficChart.js', () => ({ TrafficChart: () => null }));

const { asked } = setUpAdmin();

test('what scripts of a route ask for is told apart from the files it loads, and each leads to all of its kind', async () => {
  await openAt('/pages/%2Fcheckout');
  const question = 'filter=route%3A%2Fcheckout';
  expect(asked).toContain(`GET /admin/requests?kind=requests&${question}`);
  expect(asked).toContain(`GET /admin/requests?kind=files&${question}`);
  const hrefOf = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
  expect(hrefOf('All requests')).toBe('/admin/rum/requests?filter=route:/checkout&kind=requests');
  expect(hrefOf('All files')).toBe('/admin/rum/requests?filter=route:/checkout&kind=files');
});
