import { describe, expect, test } from 'vitest';
import { makeEvent, NOON } from '../testing/rows.js';
import { type Change, MOST_SAVED, type Saved } from './savedStore.js';
import type { RumStore } from './store.js';

const DAY = 86_400_000;

/** The part of the store's contract that keeps what a team saves. `open` gives another store of the same database. */
export function describeSaved(store: () => RumStore, open: () => Promise<RumStore>): void {
  let changes = 0;
  const change = (part: Partial<Change> = {}): Change => {
    changes += 1;
    return {
      app: 'shop',
      at: NOON + changes,
      id: makeEvent(changes).id,
      role: 'admin',
      name: 'ada@shop.example',
      action: 'board.save',
      subject: `change ${changes}`,
      ...part,
    };
  };
  const document = (part: Partial<Saved> = {}): Saved => ({
    app: 'shop',
    kind: 'board',
    id: 'first',
    revision: 1,
    savedAt: NOON,
    body: JSON.stringify({ name: 'Front page ü🛒' }),
    ...part,
  });

  describe('what a team saves', () => {
    test('comes back as it was, to every store of the database, by id, of its app and kind alone', async () => {
      const other = await open();
      const documents = [
        document({ id: 'b' }),
        document({ id: 'a', body: '{"x":"\'--"}' }),
        document({ id: 'c', kind: 'note' }),
        document({ id: 'd', app: 'other' }),
      ];
      for (const each of documents) expect(await store().save(each, change())).toBe('saved');

      expect(await other.saved('shop', 'board')).toEqual([documents[1], documents[0]]);
      expect(await other.saved('shop', 'note')).toEqual([documents[2]]);
      expect(await other.savedOne('shop', 'board', 'a')).toEqual(documents[1]);
      expect(await other.savedOne('shop', 'note', 'a')).toBeNull();
      expect(await other.savedOne('other', 'board', 'a')).toBeNull();
    });

    test('is changed by whoever has seen its latest revision, and by nobody else', async () => {
      const other = await open();
      expect(await store().save(document(), change())).toBe('saved');
      const outcomes = await Promise.all(
        [store(), other].map((each, index) =>
          each.save(document({ revision: 2, body: `"${index}"` }), change({ subject: `${index}` })),
        ),
      );

      expect([...outcomes].sort()).toEqual(['outdated', 'saved']);
      const winner = outcomes.indexOf('saved');
      expect(await store().savedOne('shop', 'board', 'first')).toMatchObject({
        revision: 2,
        body: `"${winner}"`,
      });
      expect(await store().save(document(), change())).toBe('outdated');
      expect(await store().save(document({ id: 'second', revision: 2 }), change())).toBe('outdated');
      expect((await store().changes('shop', 100)).map(({ subject }) => subject)).toEqual([
        `${winner}`,
        expect.any(String),
      ]);
    });

    test('goes once, and only itself', async () => {
      await store().save(document(), change());
      await store().save(document({ kind: 'note' }), change());
      expect(await store().removeSaved({ app: 'other', kind: 'board', id: 'first' }, change())).toBe(false);
      expect(await store().removeSaved(document(), change({ action: 'board.remove' }))).toBe(true);
      expect(await store().removeSaved(document(), change())).toBe(false);

      expect(await store().saved('shop', 'board')).toEqual([]);
      expect(await store().saved('shop', 'note')).toHaveLength(1);
      expect((await store().changes('shop', 100)).map(({ action }) => action)).toEqual([
        'board.remove',
        'board.save',
        'board.save',
      ]);
    });

    test('is at most a thousand of a kind', async () => {
      for (let index = 0; index < MOST_SAVED; index += 1) {
        await store().save(document({ id: `${index}`, body: '' }), change());
      }
      expect(await store().save(document({ id: 'more' }), change({ subject: 'too many' }))).toBe('full');
      expect(await store().save(document({ id: '7', revision: 2 }), change())).toBe('saved');
      expect(await store().save(document({ id: 'more', kind: 'note' }), change())).toBe('saved');
      expect((await store().changes('shop', 5)).map(({ subject }) => subject)).not.toContain('too many');
    }, 60_000);
  });

  describe('changes', () => {
    test('are told latest first, of one app, as many as are asked for', async () => {
      const told = [change(), change({ app: 'other' }), change({ name: '', role: 'admin' })];
      for (const [index, each] of told.entries()) {
        await store().save(document({ app: each.app, id: `${index}` }), each);
      }

      expect(await store().changes('shop', 10)).toEqual([told[2], told[0]]);
      expect(await store().changes('shop', 1)).toEqual([told[2]]);
    });

    test('are kept for 13 months', async () => {
      const old = change({ at: NOON - 396 * DAY });
      await store().save(document(), old);
      expect(await store().changes('shop', 10)).toEqual([old]);
      const fresh = change({ at: NOON });
      await store().save(document({ id: 'second' }), fresh);
      expect(await store().changes('shop', 10)).toEqual([fresh, old]);
      await store().save(document({ id: 'third' }), change({ at: NOON + 1 }));
      expect(await store().changes('shop', 10)).not.toContainEqual(old);
    });
  });
}
