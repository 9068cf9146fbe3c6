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
  ];
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
