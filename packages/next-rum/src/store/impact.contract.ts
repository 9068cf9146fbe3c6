import { describe, expect, test } from 'vitest';
import { rateVital } from '../analysis/rating.js';
import { makeEvent, makeView, NOON, randomFrom } from '../testing/rows.js';
import { sessionsOf } from '../testing/sessionsByHand.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore, ViewRange } from './store.js';

const MINUTE = 60_000;
const always: ViewRange = { app: 'shop', from: 0, to: 8.64e15 };

/** The part of the store's contract that tells how speed and goals go together. @param current The store of the test. */
export function describeImpact(current: () => RumStore): void {
  describe('speed and goals', () => {
    test.each([
      ['custom', 'order'],
      ['view', '/thanks'],
    ] as const)('are those of the rows, session by session: %s %s', async (kind, name) => {
      const store = current();
      const rows = someRows();
      await store.insert(rows);
      for (const metric of ['lcp', 'cls'] as const) {
        for (const part of [
          {},
          { where: [{ dimension: 'device' as const, keep: true, values: ['mobile'] }] },
        ]) {
          const range = { ...always, ...part };
          const told = await store.impact(range, { kind, name }, metric);
          const sessions = sessionsOf(rows.views, range);
          const known = sessions.flatMap((views) => {
            const goals = views.flatMap((view) =>
              kind === 'view'
                ? view.route === name
                  ? [view.startedAt]
                  : []
                : rows.events
                    .filter((event) => event.viewId === view.id && event.name === name)
                    .map(({ occurredAt }) => occurredAt),
            );
            const end = Math.min(...goals);
            const first = views.find((view) => view[metric] !== null && view.startedAt < end);
            return first === undefined ? [] : [{ value: first[metric] ?? 0, reached: goals.length > 0 }];
          });
          const counted = (of: typeof known) => ({
            n: of.length,
            reached: of.filter(({ reached }) => reached).length,
          });
          expect(told.sessions).toBe(sessions.length);
          expect({ n: told.n, reached: told.reached }).toEqual(counted(known));
          expect(told.ratings).toEqual(
            (['good', 'needsImprovement', 'poor'] as const).map((rating) => ({
              rating,
              ...counted(known.filter(({ value }) => rateVital(metric, value) === rating)),
            })),
          );
          for (const { from, to, ...bucket } of told.buckets)
            expect(bucket).toEqual(counted(known.filter(({ value }) => value >= from && value <= to)));
          const sorted = known.map(({ value }) => value).sort((a, b) => a - b);
          expect(told.p75).toBe(sorted[Math.ceil(0.75 * sorted.length) - 1]);
          for (const { target, within, beyond, weighted } of told.whatIfs) {
            const [fast, slow] = [
              counted(known.filter(({ value }) => value <= target)),
              counted(known.filter(({ value }) => value > target)),
            ];
            expect([within, beyond]).toEqual([
              { part: fast.reached, whole: fast.n },
              { part: slow.reached, whole: slow.n },
            ]);
            expect(weighted).toBeCloseTo((0.75 * fast.reached) / fast.n + (0.25 * slow.reached) / slow.n, 12);
          }
          if (metric === 'lcp' && kind === 'custom' && !('where' in part)) {
            expect(told.whatIfs.length).toBeGreaterThan(3);
            expect(told.ratings[0]?.reached).toBeGreaterThan(told.ratings[2]?.reached ?? 0);
          }
          expect(told.seen.complete).toBe(true);
        }
      }
    });

    test('where there is nobody there is nothing', async () => {
      expect(await current().impact(always, { kind: 'view', name: '/thanks' }, 'lcp')).toMatchObject({
        sessions: 0,
        n: 0,
        p75: null,
        p75Interval: null,
        buckets: [],
        whatIfs: [],
      });
    });
  });
}

/** Sessions of one to four views; those whose first one is slow order less often. Some views have no LCP. */
function someRows(): { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] } {
  const random = randomFrom(11);
  const views: ViewRow[] = [];
  const events: EventRow[] = [];
  for (let session = 0; session < 700; session += 1) {
    const start = NOON + session * 7000;
    const device = random() < 0.5 ? ('mobile' as const) : ('desktop' as const);
    const lcp = Math.round(900 * Math.exp(2.2 * random()));
    const buys = random() < (lcp <= 2500 ? 0.3 : 0.15);
    const count = 1 + Math.floor(random() * 3);
    for (let place = 0; place < count; place += 1) {
      const startedAt = start + place * MINUTE;
      const view = makeView(views.length, {
        startedAt,
        visitor: `visitor ${session}`,
        device,
        route: buys && place > 0 && place === count - 1 ? '/thanks' : '/product/[id]',
        lcp: place === 0 && random() < 0.9 ? lcp : random() < 0.3 ? 100 : null,
        cls: random() < 0.6 ? 0 : Math.round(400 * random()) / 1000,
      });
      views.push(view);
      if (buys && place === count - 1)
        events.push(
          makeEvent(events.length, {
            viewId: view.id,
            visitor: view.visitor,
            name: 'order',
            occurredAt: startedAt + 5000,
          }),
        );
    }
  }
  return { views, events };
}
