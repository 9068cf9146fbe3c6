// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { values } from '../../testing/adminAnswers.js';
import { arrived, openAt, settle, setUpAdmin } from '../../testing/adminPage.js';

// jsdom lays nothing out, and a chart without a size draws nothing.
vi.mock('../charts/TrafficChart.js', () => ({ TrafficChart: () => null }));

const { answers, asked } = setUpAdmin();

test('a link is followed without a load, keeps the question, and marks where the viewer is', async () => {
  await openAt('?range=7d&filter=country:DE&tz=utc');
  const link = screen.getByRole('link', { name: 'Live' });
  expect(link.getAttribute('href')).toBe('/admin/rum/live?range=7d&filter=country:DE&tz=utc');
  expect(fireEvent.click(link)).toBe(false);
  await arrived();
  expect(window.location.pathname).toBe('/admin/rum/live');
  expect(link.getAttribute('aria-current')).toBe('page');
  expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: 'Live' }));
});

test('a link that is to open elsewhere is left to the browser', async () => {
  await openAt('');
  const link = screen.getByRole('link', { name: 'Live' });
  const follow = vi.fn((event: Event) => event.preventDefault());
  window.addEventListener('click', follow, { once: true });
  fireEvent.click(link, { ctrlKey: true });
  expect(follow).toHaveBeenCalled();
  expect(window.location.pathname).toBe('/admin/rum');
});

test('what a page will ask is asked while its link is pointed at', async () => {
  await openAt('/live?range=7d');
  asked.length = 0;
  fireEvent.pointerEnter(screen.getByRole('link', { name: 'Vitals' }));
  await settle();
  expect(asked).toEqual([
    'GET /admin/vital?metric=lcp&range=7d',
    'GET /admin/breakdown?dimension=device&range=7d',
  ]);
});

test('a filter is found by typing, counted, and written to the address', async () => {
  answers['/admin/values'] = () =>
    Response.json(
      values([
        { value: 'DE', views: 12 },
        { value: '', views: 3 },
      ]),
    );
  await openAt('');
  fireEvent.keyDown(document.body, { key: '/' });
  await settle();
  type('Filter by', 'count');
  fireEvent.keyDown(screen.getByRole('combobox', { name: /^(Filter by|Value of)/ }), { key: 'Enter' });
  await settle();
  expect(asked).toContain('GET /admin/values?dimension=country&search=');
  expect(
    within(screen.getByRole('listbox'))
      .getAllByRole('option')
      .map((option) => option.textContent),
  ).toEqual(['Germany12', '(none)3']);
  fireEvent.click(screen.getByRole('radio', { name: 'is not' }));
  fireEvent.keyDown(screen.getByRole('combobox', { name: /^(Filter by|Value of)/ }), { key: 'ArrowDown' });
  fireEvent.keyDown(screen.getByRole('combobox', { name: /^(Filter by|Value of)/ }), { key: 'Enter' });
  await settle();
  expect(window.location.search).toBe('?filter=!country:');
  expect(asked).toContain('GET /admin/overview?filter=%21country%3A');
  const chip = screen.getByRole('group', { name: 'Country is not' });
  fireEvent.click(within(chip).getByRole('button', { name: 'is not' }));
  expect(window.location.search).toBe('?filter=country:');
  fireEvent.click(screen.getByRole('button', { name: 'Remove Country (none)' }));
  expect(window.location.search).toBe('');
});

test('keys move between pages, and mean themselves in a field', async () => {
  await openAt('');
  press('g', 'v');
  expect(window.location.pathname).toBe('/admin/rum/vitals/lcp');
  press('g', 'x', 'p');
  expect(window.location.pathname).toBe('/admin/rum/vitals/lcp');
  press('/');
  await settle();
  const field = screen.getByRole('combobox', { name: 'Filter by' });
  fireEvent.keyDown(field, { key: 'g' });
  fireEvent.keyDown(field, { key: 'l' });
  expect(window.location.pathname).toBe('/admin/rum/vitals/lcp');
  press('?');
  expect(screen.getByRole('dialog', { name: 'Keyboard' })).toBeTruthy();
});

test('a span that cannot be asked about is refused in words', async () => {
  await openAt('?tz=utc');
  fireEvent.click(screen.getByRole('button', { name: 'Custom' }));
  await settle();
  fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-11-20T10:00' } });
  fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-11-20T10:00' } });
  fireEvent.click(screen.getByRole('button', { name: 'Show' }));
  expect(screen.getByRole('alert').textContent).toBe('The end must be at least a minute after the start.');
  fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-11-20T12:30' } });
  fireEvent.click(screen.getByRole('button', { name: 'Show' }));
  const [from, to] = [Date.UTC(2026, 10, 20, 10), Date.UTC(2026, 10, 20, 12, 30)];
  expect(window.location.search).toBe(`?from=${from}&to=${to}&tz=utc`);
});

test('an address that is not understood is said so, and the rest of it holds', async () => {
  await openAt('?range=99y&filter=country:DE');
  expect(screen.getByRole('alert').textContent).toContain('range must be one of 1h, 24h, 7d, 30d');
  expect(asked).toContain('GET /admin/overview?filter=country%3ADE');
});

test('an address that shows things in a way that there is not is said so, until something is chosen', async () => {
  await openAt('/pages?tz=mars&sort=-size&by=shoe');
  const { textContent } = screen.getByRole('alert');
  expect(textContent).toContain('tz must be one of local, utc; sort must be one of route, views');
  expect(textContent).toContain('by must be one of route, country');
  fireEvent.change(screen.getByLabelText('Time zone'), { target: { value: 'utc' } });
  expect(screen.queryByRole('alert')).toBeNull();
  expect(window.location.search).toBe('?tz=utc');
});

test('a path that leads nowhere has a notice and a way back', async () => {
  await openAt('/nowhere?range=7d');
  expect(screen.getByText('This address leads nowhere')).toBeTruthy();
  fireEvent.click(screen.getByRole('link', { name: 'Go to the overview' }));
  expect(window.location.pathname + window.location.search).toBe('/admin/rum?range=7d');
});

test('what a page compares nothing with cannot be chosen there, which says why, and is kept for those that do', async () => {
  await openAt('/funnels?compare=week');
  const disabled = screen.getByRole<HTMLSelectElement>('combobox', {
    name: 'Compare',
    description: 'Nothing on this page is compared with another time',
  });
  expect([disabled.disabled, disabled.value]).toEqual([true, 'none']);
  for (const name of [
    'Goals',
    'Journeys',
    'Sessions',
    'Insights',
    'Live',
    'Health',
    'Dashboards',
    'Settings',
  ]) {
    fireEvent.click(screen.getByRole('link', { name }));
    await arrived();
    expect(screen.getByLabelText<HTMLSelectElement>('Compare').disabled, name).toBe(true);
  }
  for (const name of ['Pages', 'Vitals', 'Errors', 'Requests', 'Actions', 'Components', 'Overview']) {
    fireEvent.click(screen.getByRole('link', { name }));
    await arrived();
    const { disabled, value } = screen.getByLabelText<HTMLSelectElement>('Compare');
    expect([disabled, value], name).toEqual([false, 'week']);
  }
});

function type(label: string, text: string): void {
  fireEvent.change(screen.getByRole('combobox', { name: label }), { target: { value: text } });
}

function press(...keys: readonly string[]): void {
  for (const key of keys) fireEvent.keyDown(document.body, { key });
}

test('the span of a page has its place while it loads, and a page without one has none', async () => {
  answers['/admin/overview'] = () => new Promise<Response>(() => undefined);
  await openAt('');
  expect(document.querySelector('.rum-heading .rum-period')?.textContent?.trim()).toBe('');
  fireEvent.click(screen.getByRole('link', { name: 'Live' }));
  await settle();
  expect(document.querySelector('.rum-heading .rum-period')).toBeNull();
});
