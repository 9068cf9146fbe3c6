import { expect, test } from 'vitest';
import { changeSearch, parseUrlState } from './urlState.js';

test('an empty query is the last day of visitors, by views, in the theme of the system', () => {
  expect(parseUrlState('')).toEqual({
    range: '24h',
    audience: 'visitors',
    theme: 'auto',
    sort: { column: 'views', descending: true },
  });
});

test('what was chosen comes back from the query', () => {
  const search = changeSearch('', {
    range: '7d',
    audience: 'bots',
    theme: 'dark',
    sort: { column: 'lcp', descending: false },
  });
  expect(search).toBe('?range=7d&audience=bots&theme=dark&sort=lcp');
  expect(parseUrlState(search)).toEqual({
    range: '7d',
    audience: 'bots',
    theme: 'dark',
    sort: { column: 'lcp', descending: false },
  });
});

test('unknown values are the default, never passed on', () => {
  const state = parseUrlState('?range=9999d&audience=all&theme=<script>&sort=-constructor');
  expect(state).toEqual(parseUrlState(''));
});

test('parameters of the host page survive', () => {
  expect(changeSearch('?team=a&range=7d', { range: '24h' })).toBe('?team=a');
});
