import { expect, test } from 'vitest';
import { changeSearch, DEFAULT_STATE, parseUrlState } from './urlState.js';

test('an empty query is the last day of visitors, by views, in the theme of the system', () => {
  expect(parseUrlState('')).toEqual(DEFAULT_STATE);
});

test('what was chosen comes back from the query', () => {
  const chosen = {
    ...DEFAULT_STATE,
    question: {
      range: { from: 1_764_000_000_000, to: 1_764_003_600_000 },
      compare: 'week',
      audience: 'bots',
      filters: [
        { dimension: 'route', keep: true, values: ['/a,b:c', '=cmd'] },
        { dimension: 'country', keep: false, values: [''] },
      ],
    },
    zone: 'utc',
    paused: true,
    theme: 'dark',
    sort: { column: 'lcp', descending: false },
    columns: ['views', 'cls'],
    errorSort: { column: 'lastSeen', descending: false },
    metric: 'cls',
    by: 'browser',
    minimum: 100,
    percentiles: ['p99'],
  } as const;
  const search = changeSearch('', chosen);
  expect(search).toBe(
    '?from=1764000000000&to=1764003600000&compare=week&audience=bots&filter=route:/a,b:c&filter=route:%3Dcmd' +
      '&filter=!country:&tz=utc&paused=1&theme=dark&sort=lcp&columns=views,cls&errors=lastSeen&metric=cls&by=browser&min=100&percentiles=p99',
  );
  expect(parseUrlState(search)).toEqual(chosen);
});

test('unknown values are the default, never passed on, and what was not understood is said', () => {
  const { problem, ...state } = parseUrlState(
    '?range=9999d&audience=all&theme=<script>&sort=-constructor&columns=x&by=y&min=-1&tz=Mars&percentiles=p0',
  );
  expect({ ...state, problem: '' }).toEqual(DEFAULT_STATE);
  expect(problem.split('; ')).toEqual([
    'range must be one of 1h, 24h, 7d, 30d',
    'audience must be one of visitors, bots, admin',
    'tz must be one of local, utc',
    'theme must be one of auto, light, dark',
    'sort must be one of route, views, share, lcp, inp, cls, fcp, ttfb',
    'columns must be of views, share, lcp, inp, cls, fcp, ttfb',
    expect.stringMatching(/^by must be one of route, country, /),
    'min must be one of 1, 10, 30, 100, 1000',
    'percentiles must be of p50, p75, p90, p95, p99',
  ]);
});

test('what of a list is known stays, and an order the other way round is understood', () => {
  const { columns, sort, problem } = parseUrlState('?columns=cls,size,views&sort=-lcp');
  expect([columns, sort]).toEqual([['views', 'cls'], { column: 'lcp', descending: true }]);
  expect(problem).toBe('columns must be of views, share, lcp, inp, cls, fcp, ttfb');
});

test('a wrong parameter does not take the others with it', () => {
  const { question } = parseUrlState('?from=1&to=now&filter=country:DE&compare=never');
  expect(question.filters).toEqual([{ dimension: 'country', keep: true, values: ['DE'] }]);
  expect(question.range).toBe('24h');
});

test('parameters of the host page survive', () => {
  const week = { ...DEFAULT_STATE.question, range: '7d' } as const;
  expect(changeSearch('?team=a&range=1h', { question: week })).toBe('?team=a&range=7d');
  expect(changeSearch('?team=a&range=7d', { question: DEFAULT_STATE.question })).toBe('?team=a');
});
