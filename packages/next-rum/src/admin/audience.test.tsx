// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { breakdown, live, overview, row, view } from '../testing/adminAnswers.js';
import { open, openAt, settle, setUpAdmin } from '../testing/adminPage.js';

// jsdom lays nothing out, and a chart without a size draws nothing.
vi.mock('./charts/TrafficChart.js', () => ({ TrafficChart: () => null }));

const { answers, asked } = setUpAdmin();

const APART = 'views by bots and driven browsers are kept apart';

test('visitors are shown until bots are asked for, and then every panel asks for bots', async () => {
  await open();
  expect([...asked].sort()).toEqual([
    'GET /admin/breakdown?dimension=country',
    'GET /admin/breakdown?dimension=device',
    'GET /admin/breakdown?dimension=route',
    'GET /admin/insights',
    'GET /admin/live',
    'GET /admin/markers',
    'GET /admin/overview',
    'GET /health?details',
  ]);
  asked.length = 0;
  answers['/admin/breakdown'] = () => Response.json(breakdown([row('/crawled', 30, 100)]));
  answers['/admin/live'] = () => Response.json(live([view('/crawled-just-now')]));
  fireEvent.click(screen.getByRole('radio', { name: 'Bots' }));
  await settle();
  expect(window.location.search).toBe('?audience=bots');
  expect([...asked].sort()).toEqual([
    'GET /admin/breakdown?dimension=country&audience=bots',
    'GET /admin/breakdown?dimension=device&audience=bots',
    'GET /admin/breakdown?dimension=route&audience=bots',
    'GET /admin/live?audience=bots',
    'GET /admin/markers?audience=bots',
    'GET /admin/overview?audience=bots',
  ]);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Overview of bots');
  expect(screen.getAllByText('/crawled').length).toBeGreaterThan(0);
  expect(screen.getByText('/crawled-just-now')).toBeTruthy();
});

test('a link shows the audience it was made with, and Back the one before', async () => {
  await openAt('?audience=bots');
  expect(asked).toContain('GET /admin/overview?audience=bots');
  fireEvent.click(screen.getByRole('radio', { name: 'Visitors' }));
  await settle();
  expect(window.location.search).toBe('');
  vi.useRealTimers();
  window.history.back();
  await vi.waitFor(() => expect(window.location.search).toBe('?audience=bots'));
  await vi.waitFor(() =>
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Bots' }).checked).toBe(true),
  );
});

test('figures of visitors never stand under the name of bots', async () => {
  answers['/admin/overview'] = () => Response.json(overview({ views: 4321 }));
  answers['/admin/breakdown'] = () => Response.json(breakdown([row('/visited', 10, 100)]));
  answers['/admin/live'] = () => Response.json(live([view('/visited-just-now')]));
  await open();
  for (const path of ['/admin/overview', '/admin/breakdown', '/admin/live']) {
    answers[path] = () => new Promise(() => {});
  }
  fireEvent.click(screen.getByRole('radio', { name: 'Bots' }));
  await settle();
  for (const text of ['4,321', '/visited', '/visited-just-now']) expect(screen.queryByText(text)).toBeNull();
  expect(screen.getByText('Live', { selector: '[role=status]' })).toBeTruthy();
});

test('where only bots came, the page says how many, shows them at a press, and keeps the focus', async () => {
  answers['/admin/overview'] = () => Response.json(overview({ bots: { mode: 'apart', views: 1234 } }));
  await open();
  const notice = screen.getByText('No visits in this range').parentElement;
  expect(notice?.textContent).toContain(`1,234 ${APART}.`);
  answers['/admin/overview'] = () =>
    Response.json(overview({ views: 1234, bots: { mode: 'apart', views: 1234 } }));
  fireEvent.click(screen.getByRole('button', { name: 'Show them' }));
  await settle();
  expect(window.location.search).toBe('?audience=bots');
  expect(screen.queryByText('No visits in this range')).toBeNull();
  expect(screen.getByText('1,234')).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Overview of bots' }));
});

test('beside the totals of visitors stands how many views they leave out', async () => {
  answers['/admin/overview'] = () =>
    Response.json(overview({ views: 50, bots: { mode: 'apart', views: 12 } }));
  const { container } = await open();
  expect(container.querySelector('.rum-apart')?.textContent).toBe(`12 ${APART}`);
  fireEvent.click(screen.getByRole('radio', { name: 'Bots' }));
  await settle();
  expect(container.querySelector('.rum-apart')).toBeNull();
});

test('one view is kept apart in the singular', async () => {
  answers['/admin/overview'] = () => Response.json(overview({ views: 5, bots: { mode: 'apart', views: 1 } }));
  const { container } = await open();
  expect(container.querySelector('.rum-apart')?.textContent).toBe(
    '1 view by bots and driven browsers is kept apart',
  );
});

test('nothing is said of bots where there are none', async () => {
  answers['/admin/overview'] = () => Response.json(overview({ views: 50 }));
  await open();
  expect(screen.queryByText(/kept apart/)).toBeNull();
});

test.each([
  ['apart', /kept apart from those of visitors, and shown here/],
  ['counted', /counts bots as visitors/],
] as const)('without bots their page says where they would be (%s)', async (mode, text) => {
  answers['/admin/overview'] = () => Response.json(overview({ bots: { mode, views: 0 } }));
  await openAt('?audience=bots');
  expect(screen.getByText('No views by bots in this range')).toBeTruthy();
  expect(screen.getByText(text)).toBeTruthy();
  expect(screen.getByText('Waiting for a bot')).toBeTruthy();
});
