// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { breakdown, causes, figures, overview, row, vital } from '../../testing/adminAnswers.js';
import { openAt, settle, setUpAdmin } from '../../testing/adminPage.js';

// jsdom lays nothing out, and a chart without a size draws nothing.
vi.mock('../charts/PercentilesChart.js', () => ({ PercentilesChart: () => null }));
vi.mock('../charts/TrafficChart.js', () => ({ TrafficChart: () => null }));

const { answers, asked } = setUpAdmin();

test('a vital is told by its percentiles, its interval and its bins', async () => {
  answers['/admin/vital'] = () =>
    Response.json(
      vital({
        figures: figures({
          p75: 3000,
          interval: [2900, 3100],
          n: 100,
          good: 60,
          needsImprovement: 30,
          poor: 10,
        }),
        percentiles: { p50: 2000, p75: 3000, p90: 4000, p95: 5000, p99: 9000 },
        histogram: [
          { low: 0, high: 2500, n: 60 },
          { low: 2500, high: 9000, n: 40 },
        ],
      }),
    );
  await openAt('/vitals/lcp');
  const panel = screen.getByRole('region', { name: 'Distribution' });
  expect(panel.textContent).toContain('p999.00 s');
  expect(panel.textContent).toContain('95 % sure within 2.90–3.10 s');
  const details = within(panel).getByText('Show as table').parentElement as HTMLDetailsElement;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  expect(
    within(panel)
      .getAllByRole('row')
      .map((each) => each.textContent),
  ).toEqual(['ValueViewsShare', '0 ms – 2.50 s6060 %', '2.50 s – 9.00 s4040 %']);
});

test('rows with too few views are greyed and last; a row is a filter', async () => {
  answers['/admin/breakdown'] = () =>
    Response.json(breakdown([row('tablet', 9, 100), row('mobile', 50, 4500), row('tv', 10, 100)], 'device'));
  await openAt('/vitals/lcp?min=10');
  const table = screen.getByRole('region', { name: 'Breakdown table' });
  expect(
    within(table)
      .getAllByRole('rowheader')
      .map((each) => each.textContent),
  ).toEqual(['mobile', 'tv', 'tablet too few views']);
  fireEvent.click(within(table).getByRole('button', { name: 'mobile' }));
  await settle();
  expect(window.location.search).toBe('?filter=device:mobile');
  fireEvent.change(screen.getByLabelText('by'), { target: { value: 'browser' } });
  fireEvent.change(screen.getByLabelText('n at least'), { target: { value: '100' } });
  await settle();
  expect(window.location.search).toBe('?filter=device:mobile&by=browser&min=100');
  expect(asked).toContain('GET /admin/breakdown?dimension=browser&filter=device%3Amobile');
});

test('why: parts in their order, causes by kind', async () => {
  answers['/admin/causes'] = () =>
    Response.json(
      causes({
        metric: 'inp',
        n: 20,
        parts: [
          { name: 'inputDelay', p75: 30, interval: [25, 41], mean: 20, n: 19 },
          { name: 'processingDuration', p75: 90, interval: null, mean: 60, n: 9 },
        ],
        causes: [{ kind: 'target', value: '<b>#buy</b>', views: 15, p75: 260, interval: [240, 300] }],
      }),
    );
  const { container } = await openAt('/vitals/inp');
  const why = screen.getByRole('region', { name: 'Why' });
  expect(
    within(why)
      .getAllByRole('rowheader')
      .map((each) => each.textContent),
  ).toEqual(['Input delay', 'Processing', '<b>#buy</b>']);
  expect(why.textContent).toContain('20 ms25 %30 ms25–41 ms');
  expect(why.textContent).toContain('60 ms75 %90 mstoo few');
  expect(why.textContent).toContain('240–300 ms');
  expect(container.querySelector('main b')).toBeNull();
});

test('percentiles can be left out of the chart, but not all of them', async () => {
  await openAt('/vitals/lcp');
  for (const name of ['p50', 'p95', 'p75']) fireEvent.click(screen.getByRole('button', { name }));
  expect(window.location.search).toBe('?percentiles=p75');
});

test('a route has the same question with a filter more, which its address does not repeat', async () => {
  answers['/admin/overview'] = () =>
    Response.json(overview({ views: 7, vitals: { lcp: { p75: 900, n: 7 } } }));
  answers['/admin/vital'] = () => Response.json(vital({ figures: figures({ p75: 900, n: 7 }) }));
  answers['/admin/breakdown'] = () => Response.json(breakdown([row('mobile', 7, 900)], 'device'));
  await openAt('/pages/%2Fproduct%2F%5Bid%5D?filter=route:/other&filter=country:DE');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('/product/[id]');
  const narrowed = 'filter=country%3ADE&filter=route%3A%2Fproduct%2F%5Bid%5D';
  expect(asked).toContain(`GET /admin/overview?${narrowed}`);
  expect(asked).toContain(`GET /admin/causes?metric=lcp&${narrowed}`);
  expect(asked).toContain(`GET /admin/vital?metric=lcp&${narrowed}`);
  expect(screen.getByRole('region', { name: 'Distribution' }).textContent).toContain('n = 7');
  expect(screen.getByRole('region', { name: 'Percentiles over time' })).toBeTruthy();
  expect(screen.getByRole('link', { name: /^LCP/ }).getAttribute('href')).toBe(
    '/admin/rum/vitals/lcp?filter=country:DE&filter=route:/product/%5Bid%5D',
  );
  fireEvent.click(screen.getByRole('button', { name: 'mobile' }));
  expect(window.location.search).toBe('?filter=country:DE&filter=device:mobile');
});
