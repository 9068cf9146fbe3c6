import { describe, expect, test } from 'vitest';
import { errorTitle, fingerprintOf } from '../analysis/errors/fingerprintOf.js';
import type { IncidentError, WatchedIncident } from '../analysis/insights/watchedIncident.js';
import { everythingIn } from '../testing/everythingIn.js';
import { makeEvent, makeView, NOON } from '../testing/rows.js';
import type { DeadLetter } from './ingestStore.js';
import type { EventRow } from './rows.js';
import type { RumStore, TimeRange } from './store.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const always: TimeRange = { app: 'shop', from: 0, to: 8.64e15 };

/** What goes when it is erased, and what stays. */
export function describeErase(current: () => RumStore): void {
  const viewsLeft = async (app = 'shop'): Promise<readonly string[]> =>
    (await current().views({ ...always, app }, 100)).map(({ id }) => id).sort();
  const eventsLeft = async (app = 'shop'): Promise<readonly string[]> =>
    (await current().events({ ...always, app }, 100)).map(({ id }) => id).sort();
  const ids = (numbers: readonly number[]): readonly string[] => numbers.map((number) => makeView(number).id);

  describe('erase', () => {
    const kept = {
      views: [makeView(1, { visitor: 'b' }), makeView(2, { app: 'other', visitor: 'a', sample: true })],
      events: [makeEvent(3, { visitor: 'b' }), makeEvent(4, { app: 'other', visitor: 'a', sample: true })],
    };
    const old = { startedAt: NOON - DAY, occurredAt: NOON - DAY };

    test.each([
      ['a visitor', { visitor: 'a' }, { app: 'shop', visitor: 'a' }],
      ['what is older', old, { app: 'shop', before: NOON }],
      ['sample data', { sample: true }, { app: 'shop', sample: true }],
    ] as const)('takes %s and nothing else, of bots too', async (_name, part, selector) => {
      const store = current();
      const { occurredAt: _onEvents, ...viewPart } = { occurredAt: 0, ...part };
      const { startedAt: _onViews, ...eventPart } = { startedAt: 0, ...part };
      const bots = { app: 'shop~bots' };
      await store.insert(kept);
      await store.insert({ views: [makeView(1, { ...bots, visitor: 'b' })], events: [] });
      const before = await everythingIn(store);
      await store.insert({
        views: [makeView(5, viewPart), makeView(6, viewPart), makeView(5, { ...viewPart, ...bots })],
        events: [makeEvent(7, eventPart), makeEvent(7, { ...eventPart, ...bots })],
      });

      expect(await store.erase(selector)).toEqual({ views: 3, events: 2 });

      expect(await everythingIn(store)).toEqual(before);
      expect([await viewsLeft('shop~bots'), await eventsLeft('shop~bots')]).toEqual([ids([1]), []]);
      expect(await store.erase(selector)).toEqual({ views: 0, events: 0 });
    });

    test('takes a user with what the same visitors did, but for what somebody else did', async () => {
      const store = current();
      const event = (number: number, view: number, visitor: string): EventRow =>
        makeEvent(number, { viewId: makeView(view).id, visitor });
      await store.insert({
        views: [
          makeView(1, { visitor: 'a' }),
          makeView(2, { visitor: 'a', userId: 'u-17' }),
          makeView(3, { visitor: 'a', userId: 'u-99' }),
          makeView(4, { visitor: 'b', userId: 'u-17' }),
          makeView(5, { visitor: 'c' }),
          makeView(6, { visitor: 'd', userId: 'u-17', app: 'other' }),
        ],
        events: [
          event(11, 1, 'a'),
          event(12, 2, 'a'),
          event(13, 3, 'a'),
          event(14, 4, 'b'),
          event(15, 5, 'c'),
          // Of a view that never came.
          event(16, 99, 'a'),
        ],
      });
      await store.rollUp({ now: () => NOON + 3 * DAY });

      expect(await store.erase({ app: 'shop', user: 'u-17' })).toEqual({ views: 3, events: 4 });

      expect(await viewsLeft()).toEqual(ids([3, 5]));
      expect(await eventsLeft()).toEqual(ids([13, 15]));
      expect(await viewsLeft('other')).toEqual(ids([6]));
      expect(await store.totals(always)).toMatchObject({ views: 2, events: 2 });
      expect(await store.erase({ app: 'shop', user: 'u-17' })).toEqual({ views: 0, events: 0 });
    });

    test('takes what was put aside of a user, and sample data of it', async () => {
      const store = current();
      const letter = (number: number, visitor: string, payload: object): DeadLetter => ({
        app: 'shop',
        id: makeEvent(number).id,
        kind: 'view',
        visitor,
        receivedAt: NOON + number,
        reason: 'the database refused a row',
        payload: JSON.stringify(payload),
      });
      await store.insert({ views: [makeView(1, { visitor: 'a', userId: 'u"7' })], events: [] });
      await store.putAside([
        letter(1, 'z', { userId: 'u"7' }),
        letter(2, 'a', { name: 'click' }),
        letter(3, 'a', { userId: 'u-99' }),
        letter(4, 'b', { name: 'click' }),
        letter(5, 'b', { name: 'click', sample: true }),
      ]);
      const left = async (): Promise<readonly string[]> =>
        (await store.deadLetters('shop', 10)).map(({ id }) => id).sort();

      await store.erase({ app: 'shop', user: 'u"7' });
      expect(await left()).toEqual(ids([3, 4, 5]));
      await store.erase({ app: 'shop', sample: true });
      expect(await left()).toEqual(ids([3, 4]));
    });

    test('takes incidents and messages from before a moment, and what was learnt where all is', async () => {
      const store = current();
      await store.insert({
        views: Array.from({ length: 48 }, (_, hour) => makeView(hour, { startedAt: NOON - hour * HOUR })),
        events: [],
      });
      await store.watch({ now: () => NOON + 2 * HOUR });
      await store.saveIncidents([
        incident('old', { began: NOON - 2 * DAY, openedAt: NOON - DAY }),
        incident('new', { began: NOON - HOUR }),
        incident('old', { app: 'other', began: NOON - 2 * DAY }),
      ]);
      // One about what is old, and one that is old itself.
      await store.queueNotice(notice('late', 'old', NOON - HOUR));
      await store.queueNotice(notice('report', null, NOON - 2 * DAY));
      await store.queueNotice(notice('stays', 'new', NOON - HOUR));

      await store.erase({ app: 'shop', before: NOON - DAY });
      expect(await incidentsLeft(store)).toEqual(['new']);
      expect(await incidentsLeft(store, 'other')).toEqual(['old']);
      expect(await noticesLeft(store)).toEqual(['stays']);
      expect(await store.watchProgress('shop')).not.toBeNull();

      await store.erase({ app: 'shop', before: NOON + 3 * HOUR });
      expect([await incidentsLeft(store), await noticesLeft(store)]).toEqual([[], []]);
      expect(await store.watchProgress('shop')).toBeNull();
    });

    test('takes incidents of sample data along, and what was learnt where nothing else is', async () => {
      const store = current();
      const sampleViews = Array.from({ length: 72 }, (_, hour) =>
        makeView(hour, { startedAt: NOON - hour * HOUR, sample: true }),
      );
      await store.insert({
        views: [...sampleViews, makeView(500, { startedAt: NOON - 30 * HOUR })],
        events: [],
      });
      await store.watch({ now: () => NOON + 2 * HOUR });
      const times = { began: NOON - 3 * HOUR, updatedAt: NOON };
      await store.saveIncidents([
        incident('made-up', times),
        incident('real', { ...times, began: NOON - 31 * HOUR }),
        // Nobody came, but somebody had.
        incident('silent', { ...times, metric: 'silence' }),
      ]);
      await store.queueNotice(notice('made-up', 'made-up', NOON));
      await store.queueNotice(notice('real', 'real', NOON));

      await store.erase({ app: 'shop', sample: true });
      expect(await incidentsLeft(store)).toEqual(['real', 'silent']);
      expect(await noticesLeft(store)).toEqual(['real']);
      expect(await store.watchProgress('shop')).not.toBeNull();

      await store.erase({ app: 'shop', visitor: 'visitor' });
      await store.erase({ app: 'shop', sample: true });
      expect(await incidentsLeft(store)).toEqual([]);
      expect(await store.watchProgress('shop')).toBeNull();
    });

    test('blanks titles of errors that are all gone, and keeps those of others', async () => {
      const store = current();
      const error = (number: number, visitor: string, message: string): EventRow =>
        makeEvent(number, { type: 'error', name: 'Error', visitor, data: JSON.stringify({ message }) });
      await store.insert({
        views: [],
        events: [
          error(1, 'a', 'no account for Jane Doe'),
          error(2, 'a', 'no network'),
          error(3, 'b', 'no network'),
          // Alike, but called otherwise.
          error(4, 'a', 'order 1234567 failed'),
          error(5, 'b', 'order 7654321 failed'),
        ],
      });
      const messages = ['no account for Jane Doe', 'no network', 'order 1234567 failed'];
      const told = incident('new-1', { metric: 'errors', errors: messages.map(incidentError) });
      await store.saveIncidents([told]);
      await store.queueNotice(notice('told', 'new-1', NOON, JSON.stringify(told)));
      expect(fingerprintOf({ name: 'Error', message: 'order 7654321 failed' })).toBe(
        told.errors[2]?.fingerprint,
      );

      await store.erase({ app: 'shop', visitor: 'a' });

      const titles = [null, 'Error: no network', 'Error: order 7654321 failed'].map((title) =>
        title === null ? null : errorTitle({ name: 'Error', message: title.slice(7) }),
      );
      expect((await store.incident('shop', 'new-1'))?.errors.map(({ title }) => title)).toEqual(titles);
      const [message] = await store.notices('shop', 10);
      const { errors }: WatchedIncident = JSON.parse(message?.body ?? '');
      expect(errors.map(({ title }) => title)).toEqual(titles);
      expect(await store.incident('shop', 'new-1')).toMatchObject({ ...told, errors: expect.any(Array) });
    });
  });
}

function incidentError(message: string): IncidentError {
  return {
    fingerprint: fingerprintOf({ name: 'Error', message }),
    title: errorTitle({ name: 'Error', message }),
    events: 5,
    visitors: 3,
    firstSeen: NOON,
    lastBefore: null,
    route: null,
    release: null,
  };
}

function incident(id: string, part: Partial<WatchedIncident> = {}): WatchedIncident {
  return {
    app: 'shop',
    id,
    metric: 'lcp',
    rule: null,
    partOf: null,
    began: NOON,
    openedAt: NOON + HOUR,
    ended: NOON + 2 * HOUR,
    updatedAt: NOON + 2 * HOUR,
    affected: 10,
    where: {},
    threshold: null,
    n: 0,
    count: 0,
    expected: 0,
    usual: null,
    observed: null,
    causes: [],
    errors: [],
    explainedFrom: null,
    release: null,
    hours: [],
    ...part,
  };
}

function notice(
  id: string,
  about: string | null,
  createdAt: number,
  body = 'null',
): Parameters<RumStore['queueNotice']>[0] {
  return {
    app: 'shop',
    id,
    notifier: 'pager',
    kind: about === null ? 'report' : 'opened',
    incident: about,
    createdAt,
    dueAt: createdAt,
    attempts: 0,
    state: 'waiting',
    finishedAt: null,
    error: null,
    body,
  };
}

async function incidentsLeft(store: RumStore, app = 'shop'): Promise<readonly string[]> {
  return (await store.incidents({ ...always, app }, 100)).map(({ id }) => id).sort();
}

async function noticesLeft(store: RumStore): Promise<readonly string[]> {
  return (await store.notices('shop', 100)).map(({ id }) => id).sort();
}
