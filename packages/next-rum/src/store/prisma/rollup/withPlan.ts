import { GRAIN_MS } from '../../rollup/grains.js';
import { type Knowledge, planRange, type Segment } from '../../rollup/planRange.js';
import type { TimeRange } from '../../store.js';
import type { SqlClient } from '../client.js';
import { readKnowledge, readSince } from './knowledge.js';
import type { Starts } from './rawReads.js';
import type { Source } from './rollupCells.js';
import { type Sharing, shareAlways, shareWithinTurn } from './sharing.js';

const KINDS: readonly Segment['source'][] = ['raw', 'minute', 'hour', 'day'];

/** What reads of a range that were asked for at once share: an overview asks for totals and traffic. */
export interface Known extends Knowledge {
  /** Of spans of raw rows, by those. Read after `dirty`, and so after all that share it have asked. */
  readonly starts: Sharing<readonly Starts[]>;
}

const SHARED = new WeakMap<SqlClient, Sharing<Known>>();

/** Reads by a plan, and anew where rows that it relies on were about to be deleted meanwhile. */
export async function withPlan<T>(
  source: Source,
  range: TimeRange,
  options: { readonly step?: number; readonly reach?: number },
  read: (plan: readonly Segment[], known: Known) => Promise<T>,
): Promise<T> {
  const span = { app: range.app, from: Math.ceil(range.from), to: Math.ceil(range.to) };
  for (;;) {
    const known = await know(source, span);
    const result = await read(planRange(span, known, options), known);
    const after = await readSince(source.client);
    if (KINDS.every((kind) => after[kind] === known.since[kind])) return result;
  }
}

function know({ client, dialect }: Source, span: TimeRange): Promise<Known> {
  const share = SHARED.get(client) ?? shareWithinTurn<Known>();
  SHARED.set(client, share);
  return share(JSON.stringify(span), async () => ({
    ...(await readKnowledge(client, dialect, { ...span, from: span.from - GRAIN_MS.day })),
    starts: shareAlways(),
  }));
}
