// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { errorDetail, errorGroup, errors } from '../../testing/adminAnswers.js';
import { arrived, openAt, settle, setUpAdmin } from '../../testing/adminPage.js';

// jsdom lays nothing out, and a chart without a size draws nothing.
vi.mock('../charts/ErrorsChart.js', () => ({ ErrorsChart: () => null }));

const { answers, asked } = setUpAdmin();

const HOSTILE = [
  '<script>window.hacked=1</script>',
  '\u202Etxt.exe',
  '=cmd|calc',
  '🙂'.repeat(50),
  'x'.repeat(100_000),
];

function names(): readonly (string | null)[] {
  return screen.getAllByRole('rowheader').map((each) => each.textContent);
}

test('groups are listed most first, what is new and what is no longer kept is said in words', async () => {
  answers['/admin/errors'] = () =>
    Response.json(
      errors([
        errorGroup(9, { isNew: true }),
        errorGroup(4, { title: null, name: null, visitors: 0 }),
        errorGroup(3, { fingerprint: '(other)', title: null, name: null }),
      ]),
    );
  await openAt('/errors');
  expect(names()).toEqual([
    'Error: number 9NewError',
    'Error 00000000its events are no longer kept',
    'Other errors, each of them rare',
  ]);
  expect(screen.getByRole('region', { name: 'Groups' }).textContent).toContain('16 events in 3 groups');
  const links = within(screen.getByRole('region', { name: 'Errors table' })).getAllByRole('link');
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    '/admin/rum/errors/0000000000000009',
    '/admin/rum/errors/0000000000000004',
  ]);
  expect(screen.getAllByRole('img').map((each) => each.getAttribute('aria-label'))[0]).toMatch(/^Most: 9, /);
  expect(screen.queryByText(/Visitors and routes are those/)).toBeNull();
});

test('a column sorts by a click, the other way by another, and the address says so', async () => {
  answers['/admin/errors'] = () => Response.json(errors([errorGroup(2), errorGroup(9), errorGroup(5)]));
  await openAt('/errors');
  const order = (): readonly (string | undefined)[] => names().map((name) => /\d/.exec(name ?? '')?.[0]);
  expect(order()).toEqual(['9', '5', '2']);
  fireEvent.click(screen.getByRole('button', { name: 'Last seen' }));
  expect(order()).toEqual(['2', '5', '9']);
  expect(window.location.search).toBe('?errors=-lastSeen');
  fireEvent.click(screen.getByRole('button', { name: 'Last seen' }));
  expect(order()).toEqual(['9', '5', '2']);
  expect(screen.getByRole('columnheader', { name: 'Last seen' }).getAttribute('aria-sort')).toBe('ascending');
  fireEvent.click(screen.getByRole('button', { name: 'Error' }));
  expect(window.location.search).toBe('?errors=title');
  expect(order()).toEqual(['2', '5', '9']);
});

test('the course of all errors is told above the groups, and by when a group was first seen it can be sorted', async () => {
  answers['/admin/errors'] = () =>
    Response.json(errors([errorGroup(2, { firstSeen: Date.UTC(2026, 10, 23, 9) }), errorGroup(9)]));
  await openAt('/errors?tz=utc');
  const panel = screen.getByRole('region', { name: 'Errors over time' });
  const details = within(panel).getByText('Show as table').parentElement as HTMLDetailsElement;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  expect(within(panel).getAllByRole('row')[1]?.textContent).toMatch(/11$/);
  details.open = false;
  fireEvent(details, new Event('toggle'));
  fireEvent.click(screen.getByRole('button', { name: 'First seen' }));
  expect(window.location.search).toBe('?tz=utc&errors=-firstSeen');
  expect(screen.getByRole('region', { name: 'Errors table' }).textContent).toMatch(/number 2.*number 9/);
});

test('the question goes along, also into files; a comparison is told', async () => {
  answers['/admin/errors'] = () =>
    Response.json(
      errors([errorGroup(9, { compared: { events: 6 } }), errorGroup(4, { compared: { events: 0 } })], {
        told: { events: 5000, since: Date.UTC(2026, 10, 23, 11), complete: false },
      }),
    );
  await openAt('/errors?range=7d&compare=week&filter=browser:Firefox&tz=utc');
  expect(asked).toContain('GET /admin/errors?range=7d&compare=week&filter=browser%3AFirefox');
  expect(screen.getByRole('link', { name: 'CSV' }).getAttribute('href')).toBe(
    '/api/rum/admin/errors?format=csv&range=7d&compare=week&filter=browser%3AFirefox',
  );
  const table = screen.getByRole('region', { name: 'Errors table' });
  expect(table.textContent).toContain('+50 %');
  expect(table.textContent).toContain('none before');
  expect(
    screen.getByText('Visitors and routes are those of the latest 5,000 events, since 23 Nov, 11:00.'),
  ).toBeTruthy();
});

test('no errors, and no answer, say what to do', async () => {
  await openAt('/errors');
  expect(screen.getByText('No errors')).toBeTruthy();
  answers['/admin/errors'] = () => Response.json({ message: 'down' }, { status: 400 });
  fireEvent.change(screen.getByLabelText('Compare'), { target: { value: 'week' } });
  await settle();
  expect(screen.getAllByText('down')).toHaveLength(2);
  expect(screen.getAllByRole('button', { name: 'Retry' })).toHaveLength(2);
});

test('g and e lead there from anywhere', async () => {
  await openAt('/health');
  fireEvent.keyDown(document.body, { key: 'g' });
  fireEvent.keyDown(document.body, { key: 'e' });
  await settle();
  expect(window.location.pathname).toBe('/admin/rum/errors');
  expect(screen.getByRole('link', { name: 'Errors', current: 'page' })).toBeTruthy();
});

test.each(HOSTILE)('what an error says is text, wherever it is shown: %#', async (said) => {
  const value = { value: said, events: 1, visitors: 1 };
  const latest = {
    at: 0,
    name: said,
    message: said,
    source: said,
    stack: said,
    componentStack: said,
    digest: said,
  };
  answers['/admin/errors'] = () => Response.json(errors([errorGroup(1, { title: said, name: said })]));
  answers['/admin/error'] = () =>
    Response.json(
      errorDetail({
        title: said,
        latest,
        by: {
          route: [value],
          release: [value],
          browser: [value],
          os: [value],
          device: [value],
          country: [value],
          source: [value],
        },
        occurrences: [
          {
            id: 'a',
            at: 0,
            route: said,
            viewId: said,
            count: 1,
            message: said,
            release: said,
            browser: said,
            os: said,
            device: said,
            country: said,
          },
        ],
      }),
    );
  const { container } = await openAt('/errors');
  expect(names()[0]).toBe(`${said}${said}`);
  fireEvent.click(within(screen.getByRole('region', { name: 'Errors table' })).getByRole('link'));
  await arrived();
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(said);
  const message = within(screen.getByRole('region', { name: 'Message' }));
  expect(message.getByText((_text, element) => element?.tagName === 'PRE').textContent).toBe(
    `${said}: ${said}`,
  );
  expect(container.querySelector('main script')).toBeNull();
  expect('hacked' in globalThis).toBe(false);
});

test('one group: how often, what it said, where and for whom', async () => {
  const write = vi.fn().mockResolvedValue(undefined);
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { clipboard: { writeText: write } }));
  const stack = 'Error: no lamp\n    at light (https://a/lamp.js:1:2)';
  const { latest } = errorDetail({});
  answers['/admin/error'] = () =>
    Response.json(
      errorDetail({
        events: 12,
        isNew: true,
        compared: { events: 6 },
        told: { events: 10, since: 0, complete: false },
        latest: latest && { ...latest, stack, digest: '123' },
        by: { ...errorDetail({}).by, browser: [{ value: 'Firefox', events: 10, visitors: 2 }] },
      }),
    );
  await openAt('/errors/0000000000000000?compare=previous');
  expect(asked).toContain('GET /admin/error?fingerprint=0000000000000000&compare=previous');
  const course = screen.getByRole('region', { name: 'How often' });
  expect(course.textContent).toContain('Events12 +100 %');
  expect(course.textContent).toContain('Visitors≥ 1');
  expect(course.textContent).toContain('there was none in the 30 days before');
  expect(screen.getByRole('region', { name: 'Stack' }).textContent).toContain('Source maps are not read yet');
  fireEvent.click(screen.getByRole('button', { name: 'Copy stack' }));
  await settle();
  expect(write).toHaveBeenCalledWith(stack);
  expect(screen.getByText('Copied')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Firefox' }));
  await settle();
  expect(window.location.search).toBe('?compare=previous&filter=browser:Firefox');
});

test('where it did not happen the page says so, and is no failure', async () => {
  answers['/admin/error'] = () => Response.json({ error: 'not_found', message: 'no' }, { status: 404 });
  await openAt('/errors/0123456789abcdef');
  expect(screen.getByText('It did not happen here')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
});

test('where only counts are left, that is said', async () => {
  answers['/admin/error'] = () =>
    Response.json(errorDetail({ title: null, latest: null, told: { events: 0, since: 0, complete: false } }));
  await openAt('/errors/0123456789abcdef');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Error 01234567');
  expect(screen.getByText('What it said is no longer kept')).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Where and for whom' })).toBeNull();
});
