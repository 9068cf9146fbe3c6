import { describe, expect, test } from 'vitest';
import type { WatchedIncident, WatchedMetric } from '../analysis/insights/watchedIncident.js';
import type { WatchedRule } from '../analysis/rules/judgeRule.js';
import { makeEvent, makeView } from '../testing/rows.js';
import type { AlertPlan } from './noticeStore.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore } from './store.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 2026-11-02 00:00 UTC, a Monday. */
const FIRST = Date.UTC(2026, 10, 2);
const always = { app: 'shop', from: 0, to: 8e15 };

/** Of one hour, how many views, by what their LCP is multiplied, how many have an error, and by which release. */
interface Hour {
  readonly views: number;
  readonly slower?: number;
  readonly failed?: number;
  readonly release?: string;
}

/** The part of the store's contract that tells of outages and budgets, from the hours to the outbox, and which release came before. */
export function describeOutages(store: () => RumStore): void {
  const fill = async (from: number, to: number, hourOf: (t: number) => Hour): Promise<void> => {
    const views: ViewRow[] = [];
    const events: EventRow[] = [];
    for (let t = from; t < to; t += HOUR) {
      const { views: count, slower = 1, failed = 0, release = '1.0' } = hourOf(t);
      for (let index = 0; index < count; index += 1) {
        const startedAt = t + Math.floor((index * HOUR) / 240);
        const lcp = slower * (1000 + 10 * ((index * 7) % count));
        const view = makeView(views.length, { startedAt, release, lcp, visitor: `visitor ${index}` });
        views.push(view);
        if (index >= failed) continue;
        const about = {
          type: 'error',
          name: 'Error',
          viewId: view.id,
          occurredAt: startedAt + 1000,
        } as const;
        events.push(makeEvent(events.length, about));
      }
    }
    await store().insert({ views, events });
  };
  const planOf = (metrics: WatchedMetric[], watched: readonly WatchedRule[] = []): AlertPlan => ({
    timeZone: 'UTC',
    notifiers: ['pager'],
    rules: metrics.length === 0 ? [] : [{ name: 'anomaly', metrics, minAffected: 1, schedule: [] }],
    watched,
  });
  /** Watches all hours that are over then, or before. */
  const watchUntil = async (end: number, plan?: AlertPlan): Promise<void> => {
    const now = (): number => end + 11 * MINUTE;
    await store().rollUp({ now });
    const alerts = plan && { alerts: { shop: plan } };
    for (let hours = 1; hours > 0; ) {
      const result = await store().watch({ now, mostHours: 1000, ...alerts });
      hours = result.kind === 'done' ? result.hours : 0;
    }
  };
  const found = async (
    isMeant: (incident: WatchedIncident) => boolean,
  ): Promise<readonly WatchedIncident[]> => (await store().incidents(always, 100)).filter(isMeant);
  const told = async (): Promise<string[]> =>
    (await store().notices('shop', 100)).map(({ id, state }) => `${id} ${state}`).sort();

  describe('outages, budgets, and what came before', () => {
    /** It begins within this hour. */
    const DOWN = FIRST + 9 * DAY + 10 * HOUR;
    const BACK = DOWN + 6 * HOUR;
    const until = BACK + 5 * HOUR;
    const outage = (t: number): Hour => ({ views: t === DOWN ? 12 : t > DOWN && t < BACK ? 0 : 40 });
    const isOfCrowd = ({ metric }: WatchedIncident): boolean => metric === 'traffic' || metric === 'silence';

    test('an outage that begins within an hour is one incident, told once, and once when people are back', async () => {
      await fill(FIRST, until, outage);
      const plan = planOf(['silence']);
      await watchUntil(DOWN, plan);
      await watchUntil(DOWN + HOUR, plan);
      const [first, ...more] = await found(isOfCrowd);
      expect(more).toEqual([]);
      const id = `traffic-${DOWN + HOUR}`;
      expect(first).toMatchObject({ id, metric: 'traffic', began: DOWN, count: 12, ended: null });
      // Few are not nobody, of which somebody is to be told.
      expect(await told()).toEqual([]);
      for (let hour = 2; hour <= 6; hour += 1) await watchUntil(DOWN + hour * HOUR, plan);
      expect(await found(isOfCrowd)).toMatchObject([
        { id, metric: 'silence', began: DOWN, count: 12, ended: null },
      ]);
      expect(await told()).toEqual([`${id}.opened.pager waiting`]);
      await watchUntil(BACK + HOUR, plan);
      await watchUntil(until, plan);
      const [over, ...others] = await found(isOfCrowd);
      expect(others).toEqual([]);
      expect(over).toMatchObject({ id, ended: BACK + HOUR, affected: expect.any(Number) });
      expect(over?.affected).toBeGreaterThan(200);
      expect(await told()).toEqual([`${id}.opened.pager waiting`, `${id}.resolved.pager waiting`]);
    }, 120_000);

    test('traffic of which most is lost goes through the outbox like anything else', async () => {
      await fill(FIRST, until, (t) => ({ views: t >= DOWN && t < BACK ? 8 : 40 }));
      const plan = planOf(['traffic']);
      await watchUntil(DOWN, plan);
      for (let end = DOWN + HOUR; end <= until; end += HOUR) await watchUntil(end, plan);
      const incidents = await found(isOfCrowd);
      expect(incidents).toMatchObject([{ metric: 'traffic', began: DOWN, openedAt: DOWN + HOUR }]);
      const [lost] = incidents;
      expect(lost?.ended).toBeGreaterThan(BACK);
      expect(await told()).toEqual([
        `${lost?.id}.opened.pager waiting`,
        `${lost?.id}.resolved.pager waiting`,
      ]);
      const [notice] = await store().notices('shop', 1);
      expect(JSON.parse(notice?.body ?? '{}')).toMatchObject({ metric: 'traffic', id: lost?.id });
    }, 120_000);

    test('a budget that burns is told, is not over because nobody comes, and is when those who come say so', async () => {
      await fill(FIRST + 8 * DAY, until, (t) => ({ ...outage(t), failed: t === DOWN - HOUR ? 20 : 0 }));
      const rule = { kind: 'budget', name: 'slo', metric: 'errors', objective: 0.99, minViews: 30 } as const;
      const plan = planOf([], [rule]);
      const isOfRule = (incident: WatchedIncident): boolean => incident.rule?.name === 'slo';
      await watchUntil(DOWN - HOUR, plan);
      expect(await found(isOfRule)).toEqual([]);
      const id = `slo-${DOWN}`;
      for (let end = DOWN; end <= BACK; end += HOUR) {
        await watchUntil(end, plan);
        expect(await found(isOfRule)).toMatchObject([
          { id, began: DOWN - HOUR, ended: null, rule: { kind: 'budget' }, updatedAt: end },
        ]);
        expect(await told()).toEqual([`${id}.opened.pager waiting`]);
      }
      await watchUntil(BACK + HOUR, plan);
      expect(await found(isOfRule)).toMatchObject([{ id, ended: BACK + HOUR, count: 20 }]);
      expect(await told()).toEqual([`${id}.opened.pager waiting`, `${id}.resolved.pager waiting`]);
    }, 120_000);

    test('what a deploy does to several metrics is one incident, told once, and once when all of it is over', async () => {
      const slow = FIRST + 5 * DAY + 10 * HOUR;
      const [mended, end] = [slow + 8 * HOUR, slow + 20 * HOUR];
      // Errors go on for some hours after it is fast again.
      await fill(FIRST, end, (t) => ({
        views: 120,
        slower: t >= slow && t < mended ? 1.5 : 1,
        failed: t >= slow && t < mended + 4 * HOUR ? 60 : 1,
      }));
      const plan = planOf(['lcp', 'errors']);
      await watchUntil(slow, plan);
      expect(await told()).toEqual([]);
      await watchUntil(slow + HOUR, plan);
      const [first, part] = (await found(() => true)).toSorted((one, other) => other.affected - one.affected);
      expect([first, part]).toMatchObject([
        { began: slow, openedAt: slow + HOUR, partOf: null },
        { began: slow, openedAt: slow + HOUR, partOf: first?.id },
      ]);
      expect([first?.metric, part?.metric].sort()).toEqual(['errors', 'lcp']);
      expect(await told()).toEqual([`${first?.id}.opened.pager waiting`]);
      const [notice] = await store().notices('shop', 1);
      expect(JSON.parse(notice?.body ?? '{}')).toMatchObject({ id: first?.id, parts: [{ id: part?.id }] });

      let ends: (number | null)[] = [];
      for (
        let at = slow + 2 * HOUR;
        at <= end && ends.filter((each) => each !== null).length < 2;
        at += HOUR
      ) {
        await watchUntil(at, plan);
        ends = (await found(() => true)).map(({ ended }) => ended);
        const isOver = ends.every((each) => each !== null);
        expect(await told()).toEqual([
          `${first?.id}.opened.pager waiting`,
          ...(isOver ? [`${first?.id}.resolved.pager waiting`] : []),
        ]);
      }
      expect(ends).toHaveLength(2);
      expect(new Set(ends).size).toBe(2);
    }, 120_000);

    test('what joins an incident hours later is a message of its own, and who is not told of the first is of it', async () => {
      const slow = FIRST + 5 * DAY + 10 * HOUR;
      const late = slow + 2 * HOUR;
      await fill(FIRST, slow + 6 * HOUR, (t) => ({
        views: 120,
        slower: t >= slow ? 1.5 : 1,
        failed: t >= late ? 60 : 1,
      }));
      await watchUntil(slow, planOf(['lcp', 'errors']));
      for (let at = slow + HOUR; at <= late + HOUR; at += HOUR)
        await watchUntil(at, planOf(['lcp', 'errors']));
      const [first, second] = [`lcp-${slow + HOUR}`, `errors-${late + HOUR}`];
      expect(await found(({ id }) => id === second)).toMatchObject([{ partOf: first }]);
      expect(await told()).toEqual([`${second}.opened.pager waiting`, `${first}.opened.pager waiting`]);
    }, 120_000);

    test('a release that came after it began is not what began it, one shortly before may be', async () => {
      const slow = FIRST + 5 * DAY + 10 * HOUR;
      const releaseAt = (t: number): string => (t < slow - 5 * HOUR ? '1.0' : t <= slow ? '2.0' : '2.1');
      await fill(FIRST, slow + 4 * HOUR, (t) => ({
        views: 120,
        slower: t >= slow ? 1.12 : 1,
        release: releaseAt(t),
      }));
      await watchUntil(slow + 3 * HOUR);
      const [incident] = await found(({ metric }) => metric === 'lcp');
      // Two hours make it sure.
      expect(incident).toMatchObject({ began: slow, openedAt: slow + 2 * HOUR });
      expect(incident?.release).toEqual({ release: '2.0', at: slow - 5 * HOUR });
    }, 120_000);

    test('what waits for the end of a snooze need not any more once it is ended', async () => {
      const notice = (id: string, incident: string, dueAt: number) => ({
        ...({
          app: 'shop',
          id,
          notifier: 'pager',
          kind: 'opened',
          incident,
          createdAt: FIRST,
          dueAt,
        } as const),
        ...({ attempts: 0, state: 'waiting', finishedAt: null, error: null, body: 'null' } as const),
      });
      await store().queueNotice(notice('one', 'lcp-1', FIRST + 8 * HOUR));
      await store().queueNotice(notice('other', 'lcp-2', FIRST + 8 * HOUR));
      await store().queueNotice(notice('due', 'lcp-1', FIRST - HOUR));
      await store().hurryNotices('shop', 'lcp-1', FIRST + HOUR);
      await store().hurryNotices('other', 'lcp-2', FIRST + HOUR);
      const dueAt = new Map((await store().notices('shop', 9)).map((each) => [each.id, each.dueAt]));
      expect(Object.fromEntries(dueAt)).toEqual({
        one: FIRST + HOUR,
        other: FIRST + 8 * HOUR,
        due: FIRST - HOUR,
      });
    });
  });
}
