import type { RumEvent, ViewDocument } from '../../protocol/index.js';
import type { Losses } from './losses.js';

/** A view or event that waits, already as text: it is sent as it was when it was put here. */
export interface QueueItem {
  readonly kind: 'view' | 'event';
  readonly id: string;
  readonly json: string;
  /** Size of `json` in UTF-8. */
  readonly bytes: number;
  /** Reports losses itself, so its own loss is not counted. */
  readonly isLoss: boolean;
}

/** What waits to be sent, oldest first. Of a view there is one copy, the newest revision. */
export interface Queue {
  size(): number;
  /** Adds unless there is no room; then it is counted as lost. Returns the item's size, 0 if it was lost. */
  add(item: ViewDocument | RumEvent): number;
  /** Takes out the oldest, up to so many bytes and items; at least one unless empty. */
  take(maxBytes: number, maxItems: number): QueueItem[];
  /** Puts back to the front what could not be sent, except views of which a newer revision came meanwhile. */
  restore(items: readonly QueueItem[]): void;
}

/**
 * @param limits `bytes`: of everything that waits. `itemBytes`: of one item; a larger one could never be sent.
 */
export function createQueue(
  limits: { readonly bytes: number; readonly itemBytes: number },
  losses: Losses,
): Queue {
  let items = new Map<string, QueueItem>();
  let bytes = 0;
  const encoder = new TextEncoder();

  return {
    size: () => items.size,
    add(value) {
      const json = JSON.stringify(value);
      const item: QueueItem = {
        kind: 'revision' in value ? 'view' : 'event',
        id: value.id,
        json,
        bytes: encoder.encode(json).length,
        isLoss: 'type' in value && value.type === 'loss',
      };
      const older = items.get(item.id)?.bytes ?? 0;
      if (item.bytes > limits.itemBytes) {
        losses.add('too_large');
        return 0;
      }
      // A report of losses always fits: it is small, and a full queue is what it has to tell.
      if (bytes - older + item.bytes > limits.bytes && !item.isLoss) {
        losses.add('queue_full');
        return 0;
      }
      items.set(item.id, item);
      bytes += item.bytes - older;
      return item.bytes;
    },
    take(maxBytes, maxItems) {
      const taken: QueueItem[] = [];
      let room = maxBytes;
      for (const [id, item] of items) {
        if (taken.length > 0 && (item.bytes > room || taken.length >= maxItems)) break;
        items.delete(id);
        bytes -= item.bytes;
        room -= item.bytes + 1;
        taken.push(item);
      }
      return taken;
    },
    restore(returned) {
      const front = returned.filter((item) => !items.has(item.id));
      items = new Map([...front.map((item): [string, QueueItem] => [item.id, item]), ...items]);
      for (const item of front) bytes += item.bytes;
    },
  };
}
