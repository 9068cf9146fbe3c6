import type { BatchReceipt, RejectedItem } from '@rumkit/react-rum/protocol';
import type { RowOutcome } from './ingest.js';
import type { ParsedBatch, Placed } from './parseBatch.js';

/** What the sender of a batch is told of each of its items. */
export function receiptOf(
  batch: ParsedBatch,
  outcomes: { readonly views: readonly RowOutcome[]; readonly events: readonly RowOutcome[] },
): BatchReceipt {
  const rejected: RejectedItem[] = [...batch.rejected];
  let accepted = 0;
  let duplicate = 0;
  const count = (
    kind: RejectedItem['kind'],
    items: readonly Placed<{ readonly id: string }>[],
    results: readonly RowOutcome[],
  ) => {
    for (const [position, { index, value }] of items.entries()) {
      switch (results[position]) {
        case 'accepted':
          accepted += 1;
          break;
        case 'duplicate':
          duplicate += 1;
          break;
        default:
          rejected.push({
            kind,
            index,
            id: value.id,
            reason: 'storage',
            message: 'the database refuses this item',
          });
      }
    }
  };
  count('view', batch.views, outcomes.views);
  count('event', batch.events, outcomes.events);
  return { accepted, duplicate, rejected };
}
