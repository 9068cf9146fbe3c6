import { expect, test } from 'vitest';
import type { Where } from '../../analysis/detectors/segment.js';
import { DEFAULT_QUESTION } from '../../server/question.js';
import { makeIncident } from '../../testing/savedThings.js';
import { changeFor, pageOf } from './insightLinks.js';

const INSIGHT = { ...makeIncident(), snoozedUntil: null, together: [] };

test('leads to the page of the metric', () => {
  expect(pageOf(INSIGHT)).toEqual({ name: 'vitals', metric: 'lcp' });
  expect(pageOf({ metric: 'errors' })).toEqual({ name: 'errors' });
  expect(pageOf({ metric: 'silence' })).toEqual({ name: 'overview' });
});

test('asks for the views of the places, in the time of the incident and the day before', () => {
  const places: readonly Where[] = [
    { browser: 'Safari', route: '/cart', element: 'img' },
    { browser: 'Safari', route: '/pay' },
  ];
  expect(changeFor(INSIGHT, places, { ...DEFAULT_QUESTION, compare: 'week' })).toEqual({
    question: {
      ...DEFAULT_QUESTION,
      range: { from: INSIGHT.began - 86_400_000, to: INSIGHT.updatedAt },
      filters: [
        { dimension: 'route', keep: true, values: ['/cart', '/pay'] },
        { dimension: 'browser', keep: true, values: ['Safari'] },
      ],
    },
  });
});
