import { beforeEach, describe, expect, test } from 'vitest';
import type { WatchedIncident } from '../analysis/insights/watchedIncident.js';
import type { ErrorRule } from '../analysis/rules/judgeErrors.js';
import { makeEvent, makeView } from '../testing/rows.js';
import type { AlertPlan } from './noticeStore.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore } from './store.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 2026-11-02 00:00 UTC, a Monday. */
const FIRST = Date.UTC(2026, 10, 2);
/** A release comes, and errors with it. */
const T = FIRST + 12 * DAY;
const always = { app: 'shop', from: 0, to: 8e15 };

const NEW = { kind: 'newError', name: 'new' } as const;
const BACK = { kind: 'regressedError', name: 'back' } as const;

/** The part of the store's contract that tells errors that are new, or back. `open` gives another store of the same database. */
export function describeErrorRules(store: () => RumStore, open: () => Promise<RumStore>): void {
  const views: ViewRow[] = [];
  const events: EventRow[] = [];
  /** An error to so many visitors, from one on, one each minute. */
  const happens = (
    message: string,
    at: number,
    times: number,
    visitors: number,
    release = '1.0',
    first = 0,
  ): void => {
    for (let index = 0; index < times; index += 1) {
      const [occurredAt, visitor] = [at + index * MINUTE, `visitor ${first + (index % visitors)}`];
      const view = makeView(10_000 + views.length, { startedAt: occurredAt, visitor, release });
      views.push(view);
      events.push(
        makeEvent(events.length, {
          type: 'error',
          name: 'Error',
          viewId: view.id,
          occurredAt,
          visitor,
          data: JSON.stringify({ message }),
        }),
      );
    }
  };
  const plan = (rules: readonly ErrorRule[], part: Partial<AlertPlan> = {}): AlertPlan => ({
    timeZone: 'UTC',
    notifiers: ['pager'],
    rules: [],
    watched: rules,
    ...part,
  });
  const watchAt = async (at: number, alerts: AlertPlan, by = store()): Promise<void> => {
    const now = (): number => at + 11 * MINUTE;
    await by.rollUp({ now });
    await by.watch({ now, mostHours: 1000, alerts: { shop: alerts } });
  };
  /** Watches up to T as one does who knows no rules, and then hour by hour. */
  const watchHours = async (hours: number, alerts: AlertPlan): Promise<void> => {
    await store().insert({ views, events });
    await watchAt(T, { ...alerts, watched: [] });
    for (let hour = 1; hour <= hours; hour += 1) await watchAt(T + hour * HOUR, alerts);
  };
  const found = async (name: string): Promise<readonly WatchedIncident[]> =>
    (await store().incidents(always, 100))
      .filter(({ rule }) => rule?.name === name)
      .sort((a, b) => a.openedAt - b.openedAt);
  const titles = ({ errors }: WatchedIncident): (string | null)[] => errors.map(({ title }) => title);

  describe('errors that are new, or back', () => {
    beforeEach(() => {
      views.length = 0;
      events.length = 0;
      for (let t = FIRST; t < T + 4 * DAY; t += HOUR)
        views.push(makeView(views.length, { startedAt: t + MINUTE, release: t < T ? '1.0' : '2.0' }));
      for (let day = 0; day < 16; day += 1) happens('usual', FIRST + day * DAY + HOUR, 6, 4);
    });

    test('what comes up together is one incident, and what comes up later another; each is over once it has not happened for a day', async () => {
      happens('one odd browser', T + 5 * MINUTE, 40, 1, '2.0');
      happens('too rare', T + 5 * MINUTE, 4, 4, '2.0');
      happens('first', T + 5 * MINUTE, 6, 3, '2.0');
      happens('second', T + 2 * HOUR, 9, 5, '2.0');
      happens('later', T + 6 * HOUR, 5, 3, '2.0');
      // Slowly: enough of a day.
      for (let hour = 0; hour < 5; hour += 1) happens('slow', T + (3 * hour + 8) * HOUR, 1, 1, '2.0', hour);
      await watchHours(40, plan([NEW, BACK]));
      const [one, two, three, ...more] = await found('new');
      expect(more).toEqual([]);
      expect(await found('back')).toEqual([]);
      expect(one).toMatchObject({
        id: `new-${T + HOUR}`,
        metric: 'errors',
        rule: { name: 'new', kind: 'newError', share: 0 },
        began: T,
        openedAt: T + HOUR,
        release: { release: '2.0', at: T },
        affected: 15,
        count: 15,
        ended: T + 2 * HOUR + 25 * HOUR,
        errors: [
          { title: 'Error: second', events: 9, visitors: 5, lastBefore: null, release: '2.0' },
          {
            title: 'Error: first',
            events: 6,
            visitors: 3,
            firstSeen: T + 5 * MINUTE,
            route: '/product/[id]',
          },
        ],
      });
      expect(one?.hours.filter(({ count }) => count > 0).map(({ t, count }) => [t - T, count])).toEqual([
        [0, 6],
        [2 * HOUR, 9],
      ]);
      expect([two?.openedAt, two && titles(two)]).toEqual([T + 7 * HOUR, ['Error: later']]);
      expect([three?.openedAt, three && titles(three)]).toEqual([T + 21 * HOUR, ['Error: slow']]);
      expect(three?.ended).toBeNull();
      const told = (await store().notices('shop', 100)).map(({ id }) => id).sort();
      expect(told).toEqual(
        [`new-${T + HOUR}`, `new-${T + 7 * HOUR}`, `new-${T + 21 * HOUR}`]
          .flatMap((id, place) => [`${id}.opened.pager`, ...(place < 2 ? [`${id}.resolved.pager`] : [])])
          .sort(),
      );
    }, 60_000);

    test('whoever watches, in however many pieces, finds the same', async () => {
      happens('first', T + 5 * MINUTE, 6, 3);
      happens('later', T + 20 * HOUR, 6, 3);
      await store().insert({ views, events });
      // A run takes five seconds at most, which for ten days may be too little.
      for (let run = 0; run < 20 && (await store().watchProgress('shop'))?.until !== T; run += 1)
        await watchAt(T, plan([]));
      const other = await open();
      const end = T + 23 * HOUR;
      const now = (): number => end + 11 * MINUTE;
      await other.rollUp({ now });
      for (let round = 0; round < 12; round += 1)
        await (round % 2 === 0 ? store() : other).watch({ now, mostHours: 2, alerts: { shop: plan([NEW]) } });
      expect((await found('new')).map(({ openedAt }) => openedAt)).toEqual([T + HOUR, T + 21 * HOUR]);
      // What is over and comes again within the week is not new again.
      happens('first', T + 60 * HOUR, 9, 5);
      await other.insert({ views, events });
      for (let hour = 24; hour < 64; hour += 1) await watchAt(T + hour * HOUR, plan([NEW]), other);
      const all = await found('new');
      expect(all.map(({ ended }) => ended !== null)).toEqual([true, true]);
    }, 60_000);

    test('an error is back after a week, or after a release that came without it', async () => {
      happens('gone for long', T - 10 * DAY, 3, 2);
      happens('gone for days', T - 3 * DAY, 3, 2);
      happens('mended', T - 2 * DAY, 3, 2);
      happens('still in the old one', T - 2 * DAY, 3, 2);
      happens('gone for long', T + 10 * MINUTE, 5, 3, '1.0');
      happens('gone for days', T + 10 * MINUTE, 5, 3, '1.0');
      happens('mended', T + 30 * MINUTE, 5, 3, '2.0');
      happens('still in the old one', T + 10 * MINUTE, 5, 3, '1.0');
      await watchHours(3, plan([BACK, { ...BACK, name: 'long', afterRelease: false }, NEW]));
      const [back, ...more] = await found('back');
      expect(more).toEqual([]);
      expect(back).toMatchObject({ openedAt: T + HOUR, began: T });
      expect(back && [...titles(back)].sort()).toEqual(['Error: gone for long', 'Error: mended']);
      expect(back?.errors.find(({ title }) => title === 'Error: mended')).toMatchObject({
        lastBefore: T - 2 * DAY + 2 * MINUTE,
        events: 5,
        release: '2.0',
      });
      expect((await found('long')).map(titles)).toEqual([['Error: gone for long']]);
      // Known for less than a week, those that are often enough now are new: a stray one came before.
      expect((await found('new')).map((each) => titles(each).toSorted())).toEqual([
        ['Error: gone for days', 'Error: mended', 'Error: still in the old one'],
      ]);
    }, 60_000);

    test('nothing is new to an app that is not known for three days', async () => {
      const young = views.splice(0).filter(({ startedAt }) => startedAt >= T - 2 * DAY);
      events.length = 0;
      views.push(...young);
      happens('first', T + 5 * MINUTE, 6, 3);
      await watchHours(2, plan([NEW]));
      expect(await found('new')).toEqual([]);
    });

    test('outside its hours it is kept and not told: what is still open is told when they begin, as it is then', async () => {
      const rule: ErrorRule = { ...NEW, schedule: [{ from: '06:00', to: '22:00' }] };
      happens('first', T + 5 * MINUTE, 6, 3);
      happens('second', T + 2 * HOUR, 6, 3);
      await watchHours(3, plan([rule], { timeZone: 'Europe/Berlin' }));
      const [one] = await found('new');
      expect(one).toMatchObject({ openedAt: T + HOUR, ended: null });
      const [notice] = await store().notices('shop', 10);
      // It is winter: 05:00 UTC.
      expect(notice).toMatchObject({ kind: 'opened', state: 'waiting', dueAt: T + 5 * HOUR, attempts: 0 });
      expect(JSON.parse(notice?.body ?? '{}').errors).toHaveLength(2);
      const take = (at: number) => store().takeNotices(at, { holdMs: 1, limit: 10 });
      expect(await take(T + 5 * HOUR - 1)).toEqual([]);
      expect(await take(T + 5 * HOUR)).toMatchObject([{ id: notice?.id, attempts: 1 }]);
    });

    test('what is over before its hours begin is not told at all', async () => {
      const rule: ErrorRule = { ...NEW, schedule: [{ days: ['thu'], from: '08:00', to: '18:00' }] };
      happens('first', T + 5 * MINUTE, 6, 3);
      await watchHours(30, plan([rule]));
      const [one] = await found('new');
      expect(one?.ended).toBe(T + 25 * HOUR);
      const notices = await store().notices('shop', 10);
      expect(notices).toMatchObject([{ kind: 'opened', state: 'over', error: null }]);
      // In a thread the clock goes on from when it was told.
      expect(Math.floor((notices[0]?.finishedAt ?? 0) / MINUTE)).toBe((T + 25 * HOUR + 11 * MINUTE) / MINUTE);
    }, 60_000);
  });
}
