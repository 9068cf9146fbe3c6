import type { WatchedIncident } from '../analysis/insights/watchedIncident.js';
import { digestOf, type KeptShare } from '../server/admin/shares.js';
import type { BoardPanel } from '../server/api.js';
import { IGNORED } from '../server/ignored.js';
import type { SavedKind } from '../store/savedStore.js';
import type { RumStore } from '../store/store.js';
import { NOON } from './rumServer.js';

const DAY = 86_400_000;

/** Of the board that {@link saveThings} keeps. */
export const BOARD = 'board-1';
/** Opens it. */
export const TOKEN: string = 'a'.repeat(43);

/** Of the incident that {@link saveThings} keeps. */
export const INCIDENT: string = `lcp-${NOON - 3_600_000}`;

/** An incident of which only some matters: LCP in Safari, since two hours. */
export function makeIncident(part: Partial<WatchedIncident> = {}): WatchedIncident {
  const began = NOON - 2 * 3_600_000;
  const hour = { n: 100, count: 60, expected: 25, low: 18, high: 33 };
  return {
    app: 'default',
    id: INCIDENT,
    metric: 'lcp',
    rule: null,
    partOf: null,
    began,
    openedAt: NOON - 3_600_000,
    ended: null,
    updatedAt: NOON,
    affected: 70,
    where: { browser: 'Safari' },
    threshold: 2000,
    n: 200,
    count: 120,
    expected: 50,
    usual: { p75: 1980, interval: [1900, 2100], n: 900 },
    observed: { p75: 3400, interval: [3200, 3600], n: 200 },
    causes: [
      { places: [{ route: '/cart', browser: 'Safari' }], n: 80, count: 75, expected: 20, share: 0.81 },
    ],
    errors: [],
    explainedFrom: 400,
    release: null,
    hours: [
      { t: began - 3_600_000, ...hour, count: 26 },
      { t: began, ...hour },
      { t: began + 3_600_000, ...hour },
    ],
    ...part,
  };
}

/** A panel of which only some matters. */
export function boardPanel(part: Partial<BoardPanel> = {}): BoardPanel {
  return {
    id: 'p1',
    title: '',
    metric: 'views',
    dimension: null,
    chart: 'number',
    width: 1,
    filters: [],
    ...part,
  };
}

/** Keeps one thing of each kind in an empty store, under names that hold `secret`. */
export async function saveThings(store: RumStore, secret: string): Promise<void> {
  const share: KeptShare = {
    board: BOARD,
    name: secret,
    search: 'range=7d',
    createdAt: NOON,
    expiresAt: NOON + DAY,
    revokedAt: null,
  };
  const things: readonly (readonly [SavedKind, string, object])[] = [
    ['view', 'view-1', { name: secret, page: '/vitals/lcp', search: '?range=7d' }],
    ['note', 'note-1', { at: NOON - 60_000, text: secret }],
    ['board', BOARD, { name: secret, panels: [boardPanel()] }],
    ['share', digestOf(TOKEN), share],
    ['setting', IGNORED, { addresses: [], paths: [`/${secret}/*`] }],
    ['snooze', 'incidents', { until: { [INCIDENT]: NOON + DAY } }],
  ];
  await store.saveIncidents([makeIncident({ where: { route: secret } })]);
  for (const [kind, id, body] of things) {
    await store.save(
      { app: 'default', kind, id, revision: 1, savedAt: NOON, body: JSON.stringify(body) },
      {
        app: 'default',
        at: NOON,
        id: `change-${kind}`,
        role: 'admin',
        name: secret,
        action: `${kind}.save`,
        subject: secret,
      },
    );
  }
}
