import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventRow, ViewRow } from '../store/rows.js';
import { arbitraryRequest } from '../testing/arbitraryBodies.js';
import { rowProblems } from '../testing/rowProblems.js';
import { batch, event, HOST, NOON, openTestStore, startServer, view } from '../testing/rumServer.js';

/** Bodies in all; the long suite asks for 100,000. */
const BODIES = Number(process.env.RUM_FUZZ_BODIES ?? 3000);
/** Posted at once, so that they share commits as those of visitors do. */
const AT_ONCE = 50;
const RANGE = { app: 'default', from: 0, to: 1e15 };

test(
  `of ${BODIES} generated bodies none is answered with 5xx, and no row is off the schema`,
  async () => {
    const store = await openTestStore();
    const problems: string[] = [];
    const look = (rows: readonly (ViewRow | EventRow)[]) => {
      for (const row of rows) for (const problem of rowProblems(row)) problems.push(`${row.id} ${problem}`);
    };
    const watched: typeof store = {
      ...store,
      insert: (rows) => {
        look(rows.views);
        look(rows.events);
        return store.insert(rows);
      },
    };
    const { handle, send } = await startServer({
      store: watched,
      config: { privacy: 'consent', labels: { routes: 50, releases: 20, names: 50 } },
    });
    const prototype = Reflect.ownKeys(Object.prototype);
    const statuses = new Map<number, number>();

    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryRequest, { minLength: AT_ONCE, maxLength: AT_ONCE }),
        async (requests) => {
          const responses = await Promise.all(
            requests.map(({ body, headers }) =>
              handle(
                new Request(`${HOST}/api/rum/batch`, {
                  method: 'POST',
                  body: body as BodyInit,
                  headers: { ...headers },
                }),
              ),
            ),
          );
          for (const { status } of responses) {
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            expect(status).toBeLessThan(500);
          }
          expect(problems).toEqual([]);
          expect(Reflect.ownKeys(Object.prototype)).toEqual(prototype);
        },
      ),
      { numRuns: Math.ceil(BODIES / AT_ONCE), endOnFailure: true },
    );

    // It would prove nothing if all of them were refused at the door.
    expect(statuses.get(202) ?? 0).toBeGreaterThan(BODIES / 4);
    expect(statuses.get(400) ?? 0).toBeGreaterThan(0);
    expect(await store.deadLetters('default', 10)).toEqual([]);
    const { process: counted } = await (await send('/health?details')).json();
    const sum = (counts: { [name: string]: number }) => Object.values(counts).reduce((a, b) => a + b, 0);
    expect(counted.batches.received).toBe(sum(Object.fromEntries(statuses)));
    expect(counted.batches.accepted).toBe(statuses.get(202));
    expect(counted.items.received).toBe(
      counted.items.accepted + counted.items.duplicate + sum(counted.items.rejected),
    );
    expect(counted.items.accepted).toBeGreaterThan(0);
  },
  60_000 + 10 * BODIES,
);

/** Names as a hostile page would send them, and where. */
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  '\\u005f_proto__',
  'constructor\\u0000',
  '__defineGetter__',
];
const VALUES = [
  '{"polluted":1}',
  '{"prototype":{"polluted":1}}',
  '[["polluted",1]]',
  '"polluted"',
  'null',
  '1',
];

test.each(NAMES)('%s is kept from every object, wherever it is sent', async (name) => {
  const { handle, store } = await startServer({ config: { privacy: 'consent' } });
  const before = Reflect.ownKeys(Object.prototype);
  const filled = { a: { b: 1 } };
  const document = () =>
    view({
      attributes: filled,
      utm: { source: 'x' },
      counts: { custom: 1 },
      vitals: { lcp: { value: 1, attribution: { target: 'a' } } },
    });
  for (const value of VALUES) {
    const body = JSON.stringify(
      batch({
        views: [document()],
        events: [event({ properties: { list: [filled], ...filled } })],
        attributes: filled,
        user: { id: 'u', traits: filled },
        context: { language: 'en' },
      }),
    ).replaceAll('{"', `{"${name}":${value},"`);
    const response = await handle(
      new Request(`${HOST}/api/rum/batch`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      }),
    );
    expect(response.status).toBeLessThan(500);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  }
  const rows = [...(await store.views(RANGE, 100)), ...(await store.events(RANGE, 100))];
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.flatMap(rowProblems)).toEqual([]);
  expect(rows.every((row) => ('startedAt' in row ? row.startedAt : row.occurredAt) <= NOON)).toBe(true);
});
