import type { BoardPanel } from '../../server/api.js';

const USUAL = { title: '', dimension: null, filters: [] } as const;

/** What a new board begins with, to be changed. */
export const STARTER: readonly BoardPanel[] = [
  { ...USUAL, id: 'views', metric: 'views', chart: 'line', width: 2 },
  { ...USUAL, id: 'lcp', metric: 'lcp', chart: 'number', width: 1 },
  { ...USUAL, id: 'countries', metric: 'views', dimension: 'country', chart: 'bars', width: 1 },
  { ...USUAL, id: 'inp', metric: 'inp', chart: 'line', width: 2 },
];
