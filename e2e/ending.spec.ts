import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineRum } from '@rumkit/next-rum';
import { newId } from '@rumkit/react-rum/protocol';
import { expect, openShop, test } from './shop.js';

const BATCHES = 20;

test('a server that is told to end right after its answers has stored the counts of them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rum-ending-'));
  const database = `file:${join(folder, 'rum.db')}`;
  try {
    for (const starts of [1, 2]) {
      const { shop, close } = await openShop(database);
      const answers = await Promise.all(Array.from({ length: BATCHES }, () => postEvent(shop.url)));
      expect(answers).toEqual(Array(BATCHES).fill(202));
      await close();

      const store = await defineRum({ database }).store();
      const counts = await store.sumCounts(0, Date.now() + 60_000);
      await store.close();
      const sent = starts * BATCHES;
      expect(Object.fromEntries(counts)).toMatchObject({
        'batches.received': sent,
        'batches.accepted': sent,
        'items.received': sent,
        'items.accepted': sent,
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function postEvent(url: string): Promise<number> {
  const at = Date.now();
  const id = newId(at);
  const { status } = await fetch(`${url}/api/rum/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({
      v: 1,
      app: 'default',
      sentAt: at,
      sessionId: newId(at),
      views: [],
      events: [{ type: 'custom', id, viewId: id, at, route: '/', name: 'kept' }],
    }),
  });
  return status;
}
