// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { RANGE } from '../../testing/adminAnswers.js';
import { makeIncident } from '../../testing/savedThings.js';
import { createTimeFormat } from '../timeFormat.js';
import { markersOf } from './markersOf.js';
import { isCharted } from './useMarkers.js';

const HOUR = 3_600_000;
const utc = createTimeFormat('utc');

function insight(part: Parameters<typeof makeIncident>[0] = {}) {
  const { app: _, hours: __, ...rest } = makeIncident(part);
  return { ...rest, snoozedUntil: null, together: [] };
}

test('an incident is of the chart of its metric', () => {
  expect(isCharted(insight(), { metric: 'lcp' })).toBe(true);
  expect(isCharted(insight(), { metric: 'inp' })).toBe(false);
  expect(isCharted(insight({ metric: 'silence' }), { metric: 'views' })).toBe(true);
  expect(isCharted(insight({ metric: 'traffic' }), { metric: 'sessions' })).toBe(false);
});

test('of an error are those of all errors and those that name it', () => {
  const named = (fingerprint: string) =>
    insight({
      metric: 'errors',
      errors: [
        {
          fingerprint,
          title: 'E',
          events: 9,
          visitors: 3,
          firstSeen: 0,
          lastBefore: null,
          route: null,
          release: null,
        },
      ],
    });
  const chart = { metric: 'errors', fingerprint: 'aa' } as const;
  expect(isCharted(insight({ metric: 'errors' }), chart)).toBe(true);
  expect(isCharted(named('aa'), chart)).toBe(true);
  expect(isCharted(named('bb'), chart)).toBe(false);
});

test('incidents stand among what happened, from when to when, while they are within the time of the chart', () => {
  const at = RANGE.to - 5 * HOUR;
  const markers = {
    range: RANGE,
    releases: [],
    notes: [{ id: 'n', at, text: 'a campaign' }],
  };
  const over = insight({
    id: 'lcp-1',
    began: at - 4 * HOUR,
    ended: at - 2 * HOUR,
    where: { route: '/cart' },
  });
  const open = insight({ id: 'lcp-2', began: at + HOUR, where: {} });
  const before = insight({ id: 'lcp-3', began: RANGE.from - 9 * HOUR, ended: RANGE.from - HOUR });
  expect(markersOf(markers, RANGE, utc, [open, before, over])).toMatchObject([
    { kind: 'incident', number: 1, text: 'LCP on /cart', until: at - 2 * HOUR, incidentId: 'lcp-1' },
    { kind: 'note', number: 2, until: null, incidentId: null },
    { kind: 'incident', number: 3, text: 'LCP', when: 'since 23 Nov, 08:00', until: RANGE.to },
  ]);
});
