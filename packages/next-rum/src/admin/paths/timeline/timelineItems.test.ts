import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SessionResponse } from '../../../server/api.js';
import { axisTicks, formatOffset, packRows, type TimelineItem, timelineItems } from './timelineItems.js';

const AT = 1_764_000_000_000;

function item(from: number, to: number): TimelineItem {
  return {
    id: `${from}`,
    lane: 'resource',
    label: '',
    note: '',
    from,
    to,
    tone: 'plain',
    view: undefined,
    event: null,
  };
}

test('nothing overlaps in a row but in the last, and rows are used from above', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(1000), fc.nat(200)), { maxLength: 40 }),
      fc.integer({ min: 1, max: 12 }),
      (spans, most) => {
        const items = spans.sort(([a], [b]) => a - b).map(([from, length]) => item(from, from + length));
        const packed = packRows(items, most, 5);
        expect(packed).toHaveLength(items.length);
        for (const [index, a] of packed.entries()) {
          expect(a.row).toBeLessThan(most);
          const earlier = packed.slice(0, index);
          const isBusy = (row: number): boolean =>
            earlier.some((b) => b.row === row && Math.max(b.to, b.from + 5) > a.from);
          if (a.row < most - 1) expect(isBusy(a.row)).toBe(false);
          for (let row = 0; row < a.row; row += 1) expect(isBusy(row)).toBe(true);
        }
      },
    ),
  );
});

test('the axis has few lines, all of them within and as far apart as each other', () => {
  fc.assert(
    fc.property(fc.nat(86_400_000), fc.integer({ min: 50, max: 86_400_000 }), (from, length) => {
      const ticks = axisTicks(from, from + length, 8);
      expect(ticks.length).toBeLessThanOrEqual(9);
      for (const tick of ticks) expect(tick >= from && tick <= from + length).toBe(true);
      const steps = new Set(ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0)));
      expect(steps.size).toBeLessThanOrEqual(1);
    }),
  );
});

test.each([
  [0, '0 s'],
  [350, '0.35 s'],
  [12_400, '12.4 s'],
  [185_000, '3:05'],
  [3_725_000, '1:02:05'],
])('%i ms after the beginning is %s', (ms, words) => {
  expect(formatOffset(ms)).toBe(words);
});

test('a session becomes views, moments of their loading, and what happened, by time', () => {
  const view = {
    id: 'v',
    startedAt: AT,
    duration: null,
    visibleDuration: null,
    route: '/',
    path: '/',
    navigationType: 'navigate',
    referrer: null,
    vitals: { lcp: 4200, inp: 90, cls: 0.3, fcp: 900, ttfb: 0 },
    loadingTime: null,
    blockedTime: null,
    scrollDepth: null,
  } as const;
  const events = [
    { id: 'e', type: 'error', at: AT + 9000, duration: null, data: { message: 'no lamp' } },
    {
      id: 'r',
      type: 'resource',
      at: AT + 100,
      duration: 50,
      data: { method: 'GET', status: 0, failure: 'network' },
    },
    {
      id: 'a',
      type: 'action',
      at: AT + 200,
      duration: 20,
      data: { kind: 'click', frustrations: ['rage', 'dead'] },
    },
    { id: 'c', type: 'flag', at: AT + 1, duration: null, data: { variant: 'on' } },
  ] as const;
  const session = {
    startedAt: AT,
    viewList: [view],
    events: events.map((event) => ({ ...event, viewId: 'v', name: event.id })),
  } as unknown as SessionResponse;
  const told = timelineItems(session).map(({ id, lane, from, to, tone, note }) => [
    id,
    lane,
    from,
    to,
    tone,
    note,
  ]);
  expect(told).toEqual(
    [
      ['c', 'custom', 1, 1, 'plain', 'on'],
      ['r', 'resource', 100, 150, 'poor', 'GET network'],
      ['a', 'action', 200, 220, 'poor', 'rage and dead click'],
      ['v-fcp', 'vital', 900, 900, 'good', '/'],
      ['v-lcp', 'vital', 4200, 4200, 'poor', '/'],
      ['e', 'error', 9000, 9000, 'poor', 'no lamp'],
      ['v', 'view', 0, 9000, 'plain', 'navigate'],
    ].sort((a, b) => Number(a[2]) - Number(b[2])),
  );
});
