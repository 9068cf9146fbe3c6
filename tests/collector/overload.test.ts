import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@rumkit/react-rum/protocol';
import { expect, test } from 'vitest';
import { type Answer, eventOf, isTaken, startCollector } from './collectorProcess.js';
import { always, DATABASES, inStore } from './databases.js';
import { LONGEST_WAIT } from './ledger.js';

/** Different routes that a vandal makes up; the long suite asks for 1,000,000. */
const FAKE_ROUTES = Number(process.env.RUM_FAKE_ROUTES ?? 100_000);
const YEAR = 365 * 86_400_000;

test.each(DATABASES)(
  'a key that sends ten times what it may is held to it on %s, and nobody else notices',
  async (name, urlOf) => {
    const LIMIT = 300;
    const OTHERS = Array.from({ length: 10 }, (_, index) => `page-number-${1000 + index}`);
    const collector = await startCollector(await urlOf(), {
      rum: {
        keys: [{ key: 'the-key-that-floods' }, ...OTHERS.map((key) => ({ key }))],
        rateLimit: { perKey: LIMIT, store: name === 'PostgreSQL' ? 'database' : 'memory' },
      },
    });
    const post = (key: string) =>
      collector.send({ events: [eventOf(newId(Date.now()))] }, { headers: { 'x-rum-key': key } });
    const flooding: Answer[] = [];
    const served: Answer[] = [];
    let left = 10 * LIMIT;
    await Promise.all([
      ...Array.from({ length: 16 }, async () => {
        while (left > 0) {
          left -= 1;
          flooding.push(await post('the-key-that-floods'));
        }
      }),
      ...OTHERS.map(async (key) => {
        for (let count = 0; count < 100; count += 1) {
          served.push(await post(key));
          await sleep(10);
        }
      }),
    ]);

    expect(served.filter(isTaken).length / served.length).toBeGreaterThanOrEqual(0.999);
    expect(Math.max(...served.map(({ took }) => took))).toBeLessThan(LONGEST_WAIT);
    const refused = flooding.filter((answer) => !isTaken(answer));
    expect(refused.every(({ status, retryAfter }) => status === 429 && (retryAfter ?? 0) >= 1)).toBe(true);
    // Of one minute, or of two where the next one began meanwhile.
    expect([LIMIT, 2 * LIMIT]).toContain(flooding.length - refused.length);
    expect(await inStore(collector.database, (store) => store.totals(always()))).toMatchObject({
      events: flooding.length - refused.length + served.filter(isTaken).length,
    });
  },
  60_000,
);

test.each(DATABASES)(
  `${FAKE_ROUTES} routes that someone makes up are counted to the last, as a thousand and the others together at most, on %s`,
  async (_name, urlOf) => {
    const collector = await startCollector(await urlOf());
    const BATCH = 250;
    let made = 0;
    const batch = () =>
      Array.from({ length: BATCH }, () => {
        made += 1;
        const at = Date.now();
        const route = `/made-up/${made}`;
        return {
          id: newId(at),
          revision: 1,
          startedAt: at,
          route,
          path: route,
          router: 'app',
          navigationType: 'navigate',
          vitals: {},
        };
      });
    const sendOne = async () => {
      const views = batch();
      // Sent again until it is taken, as an agent does.
      while (!isTaken(await collector.send({ views }))) await sleep(100);
    };
    const sendUntil = (count: number) =>
      Promise.all(
        Array.from({ length: 8 }, async () => {
          while (made < count) await sendOne();
        }),
      );
    // What such a load takes of memory it takes at once; what must not grow is what the names take.
    await sendUntil(FAKE_ROUTES / 5);
    const before = await collector.rss();
    await sendUntil(FAKE_ROUTES);
    expect((await collector.rss()) - before).toBeLessThan(150);
    await inStore(collector.database, async (store) => {
      await store.rollUp({ now: () => Date.now() + 2 * 86_400_000 });
      expect((await store.totals(always())).views).toBe(made);
      const routes = await store.breakdown(always(), 'route', 10_000);
      // The names of a day, and `(other)`.
      expect(routes.length).toBeLessThanOrEqual(1001);
      expect(routes.reduce((sum, { views }) => sum + views, 0)).toBe(made);
      expect(routes[0]).toMatchObject({ value: '(other)', views: made - (routes.length - 1) });
    });
  },
  60_000 + FAKE_ROUTES,
);

test.each(DATABASES)(
  'clocks that are ten years off are put right on %s, each event counted once',
  async (_name, urlOf) => {
    const collector = await startCollector(await urlOf());
    const began = Date.now();
    const wrongs = [-10 * YEAR, 10 * YEAR];
    for (const off of wrongs) {
      const clock = Date.now() + off;
      // The clock of the browser, and then one that was put right between the event and its sending.
      const wrong = [0, 1, 2].map((second) => ({
        ...eventOf(newId(clock)),
        at: clock - 60_000 + second * 1000,
      }));
      expect(isTaken(await collector.send({ events: wrong }, { envelope: { sentAt: clock } }))).toBe(true);
      expect(isTaken(await collector.send({ events: [{ ...eventOf(newId(clock)), at: clock }] }))).toBe(true);
    }
    const ended = Date.now();

    await inStore(collector.database, async (store) => {
      const rows = await store.events(always(), 100);
      expect(rows).toHaveLength(8);
      for (const { occurredAt } of rows) {
        expect(occurredAt).toBeGreaterThanOrEqual(began - 7 * 86_400_000);
        expect(occurredAt).toBeLessThanOrEqual(ended);
      }
      expect(rows.filter(({ clock }) => clock === 'corrected')).toHaveLength(6);
      expect(rows.filter(({ clock }) => clock === 'clamped')).toHaveLength(2);
      // Three events a second apart stay so, whatever the clock.
      const corrected = rows.filter(({ clock }) => clock === 'corrected').map(({ occurredAt }) => occurredAt);
      expect(Math.max(...corrected) - Math.min(...corrected)).toBeLessThan(60_000);
      await store.rollUp({ now: () => Date.now() + 2 * 86_400_000 });
      expect((await store.totals(always())).events).toBe(8);
    });
    expect((await collector.health()).process).toMatchObject({
      items: { received: 8, accepted: 8 },
      rows: { clockCorrected: 6, clockClamped: 2 },
    });
  },
  60_000,
);
