import type { IngestCount } from '../store/ingestStore.js';
import type { IngestMinute, IngestSums, IngestTotals } from './api.js';

/** Puts counts together: in all, and by minute. */
export function totalsOf(counts: readonly IngestCount[]): IngestTotals {
  const all = new Map<string, number>();
  const minutes = new Map<number, Map<string, number>>();
  for (const { minute, counter, amount } of counts) {
    all.set(counter, (all.get(counter) ?? 0) + amount);
    let ofMinute = minutes.get(minute);
    if (ofMinute === undefined) {
      ofMinute = new Map();
      minutes.set(minute, ofMinute);
    }
    ofMinute.set(counter, (ofMinute.get(counter) ?? 0) + amount);
  }
  return {
    ...sumsOf(all),
    minutes: [...minutes]
      .sort(([a], [b]) => a - b)
      .map(([minute, ofMinute]): IngestMinute => ({ minute, ...sumsOf(ofMinute) })),
  };
}

/** Gives each counter its place. */
export function sumsOf(counts: ReadonlyMap<string, number>): IngestSums {
  const of = (counter: string) => counts.get(counter) ?? 0;
  const under = (prefix: string) =>
    Object.fromEntries(
      [...counts].flatMap(([counter, amount]) =>
        counter.startsWith(prefix) ? [[counter.slice(prefix.length), amount]] : [],
      ),
    );
  return {
    batches: {
      received: of('batches.received'),
      accepted: of('batches.accepted'),
      refused: under('batches.refused.'),
      deferred: under('batches.deferred.'),
    },
    items: {
      received: of('items.received'),
      accepted: of('items.accepted'),
      duplicate: of('items.duplicate'),
      rejected: under('items.rejected.'),
      late: of('items.late'),
    },
    rows: {
      bot: of('rows.bot'),
      clockCorrected: of('rows.clock_corrected'),
      clockClamped: of('rows.clock_clamped'),
      otherLabel: of('rows.other_label'),
    },
  };
}
