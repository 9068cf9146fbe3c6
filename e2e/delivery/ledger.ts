import { defineRum } from '@rumkit/next-rum';
import { sum } from './sum.js';

/** What became of the events that visitors made. */
export interface Ledger {
  readonly generated: number;
  readonly stored: number;
  /** Rows beyond the first of the same event. */
  readonly duplicates: number;
  /** Rows of events that nobody made. */
  readonly strangers: number;
  /** Losses that were told of, by reason. */
  readonly losses: Readonly<Record<string, number>>;
  /** Their sum. */
  readonly lost: number;
  /** Events that the views say they had. */
  readonly inViews: number;
  /** Numbers of the events that are not stored, by page. */
  readonly missing: ReadonlyMap<string, readonly number[]>;
}

/**
 * @param made How many events each page has made; they are numbered from 1.
 */
export async function readLedger(database: string, made: ReadonlyMap<string, number>): Promise<Ledger> {
  const store = await defineRum({ database }).store();
  const everything = { app: 'default', from: 0, to: Number.MAX_SAFE_INTEGER };
  const losses: Record<string, number> = {};
  const seen = new Map<string, Set<number>>();
  let stored = 0;
  let duplicates = 0;
  let strangers = 0;
  for (const { type, name, data } of await store.events(everything, 1_000_000)) {
    const fields = JSON.parse(data ?? '{}') as Fields;
    if (type === 'loss') losses[name] = (losses[name] ?? 0) + (fields.count ?? 0);
    if (type !== 'custom') continue;
    const { page, n } = fields.properties ?? { page: '', n: 0 };
    const ofPage = seen.get(page) ?? new Set();
    seen.set(page, ofPage);
    if (n < 1 || n > (made.get(page) ?? 0)) strangers += 1;
    else if (ofPage.has(n)) duplicates += 1;
    else stored += 1;
    ofPage.add(n);
  }
  const inViews = (await store.views(everything, 1_000_000)).map(
    ({ counts }) => (JSON.parse(counts ?? '{}') as { custom?: number }).custom ?? 0,
  );
  return {
    generated: sum(made.values()),
    stored,
    duplicates,
    strangers,
    losses,
    lost: sum(Object.values(losses)),
    inViews: sum(inViews),
    missing: new Map(
      [...made].map(([page, count]) => {
        const numbers = Array.from({ length: count }, (_, index) => index + 1);
        return [page, numbers.filter((n) => !seen.get(page)?.has(n))];
      }),
    ),
  };
}

interface Fields {
  readonly count?: number;
  readonly properties?: { readonly page: string; readonly n: number };
}
