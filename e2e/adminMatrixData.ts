import { defineRum } from '@rumkit/next-rum';
import { newId } from '@rumkit/react-rum/protocol';
import { blankView } from './adminData.js';
import type { Shop, View } from './shop.js';

type Event = Awaited<ReturnType<Shop['events']>>[number];
type Store = Awaited<ReturnType<ReturnType<typeof defineRum>['store']>>;
type Incident = Parameters<Store['saveIncidents']>[0][number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const TO: number = Math.floor(Date.now() / HOUR) * HOUR;
export const FROM: number = TO - 6 * HOUR;

/** Is in all that is stored, and never in an address. */
export const SECRET = 'only-for-the-team';
/** A route whose name is nobody's secret. */
export const ROUTE = '/open';
export const INCIDENT: string = `lcp-${TO - HOUR}`;

/** Views of one visitor each, and what happened in them; of the last minutes too, so that somebody is there now. */
function rowsNamed(name: string): { readonly views: readonly View[]; readonly events: readonly Event[] } {
  const views = Array.from({ length: 120 }, (_view, index) =>
    blankView({
      startedAt: index < 100 ? FROM + index * 3 * MINUTE : Date.now() - (index - 99) * 10_000,
      route: index % 3 === 0 ? name : ROUTE,
      path: `/${name}`,
      visitor: `visitor-${index} ${name}`,
      browser: name,
      country: 'DE',
      release: name,
      referrer: `https://${name}.example`,
      lcp: 2000 + index,
      inp: 100 + index,
      cls: index / 1000,
      fcp: 1000 + index,
      ttfb: 100 + index,
      attribution: JSON.stringify({ lcp: { element: name } }),
      attributes: JSON.stringify({ plan: name }),
    }),
  );
  const events = views.flatMap((view) => [
    event(view, 'error', 'Error', { message: name, source: 'window.error' }),
    event(view, 'resource', `/api/${name}`, { initiator: 'fetch', method: 'GET', status: 200 }),
    event(view, 'action', name, { kind: 'click', target: name, frustrations: ['rage'] }),
    event(view, 'timing', name, { kind: 'render', properties: { phase: 'mount' } }),
    event(view, 'custom', name, {}),
  ]);
  return { views, events };
}

function event(view: View, type: Event['type'], name: string, said: object): Event {
  const occurredAt = view.startedAt + 100;
  return {
    app: 'default',
    id: newId(occurredAt),
    viewId: view.id,
    type,
    name,
    occurredAt,
    receivedAt: occurredAt + 100,
    visitor: view.visitor,
    route: view.route,
    data: JSON.stringify(said),
    duration: 100,
    sample: false,
    sampleRate: null,
    clock: null,
  };
}

const COUNTED = { n: 100, count: 60, expected: 25, low: 18, high: 33 } as const;

const incidentNamed = (name: string): Incident => ({
  app: 'default',
  id: INCIDENT,
  metric: 'lcp',
  rule: null,
  partOf: null,
  began: TO - 2 * HOUR,
  openedAt: TO - HOUR,
  ended: null,
  updatedAt: TO,
  affected: 70,
  where: { browser: name },
  threshold: 2000,
  n: 200,
  count: 120,
  expected: 50,
  usual: { p75: 1980, interval: [1900, 2100], n: 900 },
  observed: { p75: 3400, interval: [3200, 3600], n: 200 },
  causes: [{ places: [{ route: name }], n: 80, count: 75, expected: 20, share: 0.81 }],
  errors: [],
  explainedFrom: 400,
  release: null,
  hours: [3, 2, 1].map((ago) => ({ t: TO - ago * HOUR, ...COUNTED })),
});

/**
 * Stores something of everything that the admin shows.
 *
 * @param names What all of it is called: as much again of each.
 * @returns The views.
 */
export async function fill(
  database: string,
  names: readonly [string, ...string[]],
): Promise<readonly View[]> {
  const store = await defineRum({ database }).store();
  const named = names.map(rowsNamed);
  for (const rows of named) await store.insert(rows);
  await store.saveIncidents([incidentNamed(names[0])]);
  await store.close();
  return named.flatMap(({ views }) => views);
}
