import { describe, expect, test } from 'vitest';
import { makeEvent, makeView, NOON, randomFrom, variedViews } from '../testing/rows.js';
import { sessionsOf, summariesByHand, summaryOf } from '../testing/sessionsByHand.js';
import type { SessionNeeds, SessionSummary } from './pathStore.js';
import type { EventRow, ViewRow } from './rows.js';
import type { Filter, RumStore, ViewRange } from './store.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const always: ViewRange = { app: 'shop', from: 0, to: 8.64e15 };
const ANY: SessionNeeds = { errors: false, frustrations: false, slow: false, views: 1 };

/** @param current The store of the test. */
export function describePaths(current: () => RumStore): void {
  describe('sessions', () => {
    test.each<readonly [string, Partial<ViewRange>, Partial<SessionNeeds>]>([
      ['all', {}, {}],
      ['those with errors', {}, { errors: true }],
      ['frustrated ones', {}, { frustrations: true }],
      ['slow ones', {}, { slow: true, views: 2 }],
      ['long ones', {}, { views: 4 }],
      ['of an hour', { from: NOON + HOUR, to: NOON + 2 * HOUR }, {}],
      ['of an odd time', { from: NOON + HOUR + 0.5, to: NOON + 3 * HOUR + 1 }, { errors: true }],
      ['that saw a page', { where: [keeping('route', '/cart', '/about')] }, {}],
      ['that never saw a page', { where: [leavingOut('route', '/')] }, {}],
      [
        'of a device, that came from nowhere',
        { where: [keeping('device', 'mobile'), keeping('referrer', '')] },
        {},
      ],
      ['of no known browser', { where: [keeping('browser', ''), leavingOut('release', '1.0.0')] }, {}],
      ['that came of a campaign', { where: [keeping('utm_campaign', 'spring')] }, {}],
      [
        'that never were of a plan, of a source that is not told',
        { where: [leavingOut('property.plan', 'pro'), keeping('utm_source', '')] },
        {},
      ],
      ['of views of a user', { where: [keeping('user', 'u-1')] }, {}],
      [
        'of views of nobody, with tags',
        { where: [keeping('user', ''), keeping('property.tags', '["a","b"]')] },
        {},
      ],
      ['that nobody had', { where: [keeping('country', 'XX')] }, {}],
    ])('%s are those of the raw rows', async (_name, part, needs) => {
      const store = current();
      const rows = randomVisits(7, 400);
      await store.insert(rows);
      const range = { ...always, ...part };
      const wanted = { ...ANY, ...needs };
      const expected = summariesByHand(rows, range, wanted);
      const { sessions, truncated, seen } = await store.sessions(range, wanted, 1000);
      expect(sessions.map(rounded)).toEqual(expected.map(rounded));
      expect([truncated, seen.complete, seen.since]).toEqual([false, true, Math.ceil(range.from)]);
      const few = await store.sessions(range, wanted, 5);
      expect(few.sessions.map(rounded)).toEqual(expected.slice(0, 5).map(rounded));
      expect(few.truncated).toBe(expected.length > 5);
    });

    test('only views that are kept are told of, and it is said', async () => {
      const store = current();
      const late = NOON + 40 * DAY;
      await store.insert({
        views: [makeView(1), makeView(2, { startedAt: late })],
        events: [],
      });
      const now = () => NOON + 41 * DAY;
      await store.rollUp({ now });
      await store.retain({ now });
      const { sessions, seen, truncated } = await store.sessions({ ...always, from: NOON }, ANY, 10);
      expect(sessions).toMatchObject([{ startedAt: late }]);
      expect([seen.complete, truncated, seen.since > NOON]).toEqual([false, true, true]);
      const gone = await store.sessions({ ...always, from: NOON, to: NOON + HOUR }, ANY, 10);
      expect(gone).toEqual({
        sessions: [],
        truncated: true,
        seen: { views: 0, of: null, since: NOON + HOUR, complete: false },
      });
    });

    test('one is told in full, by any view of it', async () => {
      const store = current();
      const rows = randomVisits(3, 150);
      await store.insert(rows);
      const sessions = sessionsOf(rows.views, always);
      const chosen = sessions.filter((views) => views.length > 2).slice(0, 4);
      for (const views of chosen) {
        const expected = summaryOf(views, rows.events, always);
        for (const { id } of [views[0], views.at(-1)].flatMap((view) => view ?? [])) {
          const told = await store.session('shop', id);
          expect(told).toMatchObject({ ...expected, complete: true });
          expect(told?.viewList.map((view) => [view.id, view.route, view.vitals.lcp])).toEqual(
            views.map((view) => [view.id, view.route, view.lcp]),
          );
          expect(told?.events.map((event) => [event.id, event.at, event.data])).toEqual(
            rows.events
              .filter(({ viewId, type }) => type !== 'loss' && views.some((view) => view.id === viewId))
              .sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1))
              .map(({ id: event, occurredAt, data }) => [event, occurredAt, JSON.parse(data ?? '{}')]),
          );
        }
      }
      expect(await store.session('other', chosen[0]?.[0]?.id ?? '')).toBeNull();
      expect(await store.session('shop', '0199f3c2-7a51-7000-8000-ffffffffffff')).toBeNull();
    });

    test('one of many views and events ends where it has to, and says so', async () => {
      const store = current();
      const views = Array.from({ length: 230 }, (_, index) =>
        makeView(index, {
          startedAt: NOON + index * 10 * MINUTE,
          userId: 'u1',
          userTraits: '{"plan":"pro"}',
        }),
      );
      const events = Array.from({ length: 2100 }, (_, index) =>
        makeEvent(index, { viewId: views[0]?.id, occurredAt: NOON + index, name: `n${index}` }),
      );
      await store.insert({ views, events });
      const [first] = views;
      const told = await store.session('shop', first?.id ?? '');
      expect(told).toMatchObject({ complete: false, userId: 'u1', userTraits: { plan: 'pro' } });
      expect([told?.viewList.length, told?.events.length]).toEqual([144, 2000]);
      expect(told?.events.at(-1)?.name).toBe('n1999');
    });

    test('nothing of who it was is in what is told', async () => {
      const store = current();
      const visitor = 'a-hash-that-nobody-may-see';
      await store.insert({ views: [makeView(1, { visitor })], events: [makeEvent(2, { visitor })] });
      const list = await store.sessions(always, ANY, 10);
      const told = await store.session('shop', list.sessions[0]?.id ?? '');
      expect(told?.id).toBe(makeView(1).id);
      expect(JSON.stringify([list, told])).not.toContain(visitor);
    });
  });
}

/** A number may lose its last bit on its way out of a list. */
function rounded(session: SessionSummary): SessionSummary {
  const { worst } = session;
  return { ...session, worst: worst && { ...worst, value: Number(worst.value.toPrecision(12)) } };
}

function keeping(dimension: Filter['dimension'], ...values: readonly string[]): Filter {
  return { dimension, keep: true, values };
}

function leavingOut(dimension: Filter['dimension'], ...values: readonly string[]): Filter {
  return { dimension, keep: false, values };
}

/** Views of visits that agree on what a visit has once, and what happened in them. */
function randomVisits(
  seed: number,
  count: number,
): { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] } {
  const random = randomFrom(seed);
  const made = variedViews(seed, count);
  const ofVisitor = new Map(made.map((view) => [view.visitor, view]));
  const views = made.map((view): ViewRow => {
    const { country, device, browser, os, language, environment, sample } =
      ofVisitor.get(view.visitor) ?? view;
    const duration = random() < 0.3 ? null : Math.round(random() * 20 * MINUTE);
    const same = { country, device, browser, os, language, environment, sample };
    return { ...view, ...same, duration };
  });
  const events = views.flatMap((view, index) =>
    Array.from({ length: Math.floor(random() * 4) }, (_, nth) => {
      const type = (['error', 'action', 'custom', 'resource', 'loss'] as const)[Math.floor(random() * 5)];
      return makeEvent(index * 10 + nth, {
        viewId: view.id,
        visitor: view.visitor,
        occurredAt: view.startedAt + Math.floor(random() * (view.duration ?? 1000)),
        type: type ?? 'custom',
        data: dataOf(random()),
      });
    }),
  );
  return { views, events };
}

function dataOf(number: number): string | null {
  if (number < 0.3) return JSON.stringify({ kind: 'click', target: 'a', frustrations: ['rage', 'dead'] });
  if (number < 0.5) return JSON.stringify({ target: 'p "frustrations":["none"]', frustrations: [] });
  return number < 0.7 ? JSON.stringify({ properties: { sku: number } }) : null;
}
