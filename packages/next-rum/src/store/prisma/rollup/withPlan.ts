import type { FoldedDimension } from '../../rollup/cells.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import { type Knowledge, planRange, type Segment } from '../../rollup/planRange.js';
import type { TimeRange } from '../../store.js';
import { StoreError } from '../../storeError.js';
import type { SqlClient } from '../client.js';
import { readFolded, readKnowledge, readSince } from './knowledge.js';
import type { Starts } from './rawReads.js';
import type { Source } from './rollupCells.js';
import { type Sharing, shareAlways, shareWithinTurn } from './sharing.js';

const KINDS: readonly Segment['source'][] = ['raw', 'minute', 'hour', 'day'];

/** What reads of a range that were asked for at once share: an overview asks for totals and traffic. */
export interface Known extends Knowledge {
  /** Of spans of raw rows, by those. Read after `dirty`, and so after all that share it have asked. */
  readonly starts: Sharing<readonly Starts[]>;
}

/** How a range is planned. */
export interface Planning {
  /** As of {@link planRange}. */
  readonly step?: number;
  readonly reach?: number;
  /** Whose values are to be told apart each: buckets that count some of them together are not used. Default: of none. */
  readonly apart?: FoldedDimension | null;
  /** Whether to do so, where values were counted together. Default: always. */
  readonly isWorth?: (apart: Apart) => Promise<boolean>;
}

const SHARED = new WeakMap<SqlClient, Sharing<Known>>();

/**
 * Reads by a plan, and anew where rows that it relies on were about to be deleted meanwhile.
 *
 * @param read Its last argument tells whether values are told apart.
 * @throws {StoreError} `not_kept` where values are to be told apart, and nothing does any more.
 */
export async function withPlan<T>(
  source: Source,
  range: TimeRange,
  { apart = null, isWorth = async () => true, ...options }: Planning,
  read: (plan: readonly Segment[], known: Known, isApart: boolean) => Promise<T>,
): Promise<T> {
  const span = wholeOf(range);
  for (;;) {
    const known = await know(source, span);
    const folded = apart === null ? [] : await readFolded(source.client, source.dialect, span, apart);
    const whole = planRange(span, known, options);
    const fine = folded.length === 0 ? whole : planRange(span, { ...known, folded }, options);
    const told = apartBy(fine, whole, folded.length);
    const isApart = apart !== null && (told.told === 'all' || (await isWorth(told)));
    if (isApart && told.told === 'gone') {
      throw new StoreError(
        'not_kept',
        `RUM: single views are kept since ${new Date(known.since.raw).toISOString()} only, and there were too many values to count each`,
      );
    }
    const result = await read(isApart ? fine : whole, known, isApart);
    const after = await readSince(source.client);
    if (KINDS.every((kind) => after[kind] === known.since[kind])) return result;
  }
}

/** Whether every value of a dimension can be told, and where that takes raw rows. */
export interface Apart {
  /** `some`: where rollups count values together, raw rows tell. `gone`: those are no longer all there. */
  readonly told: 'all' | 'some' | 'gone';
  /** Spans that are to be read row by row. */
  readonly raw: readonly Segment[];
}

/**
 * Whether the rollups of a range tell every value of a dimension, whatever the length of its buckets.
 *
 * @param already What is known of the range since just now.
 */
export async function toldApart(
  source: Source,
  range: TimeRange,
  dimension: FoldedDimension,
  already?: Knowledge,
): Promise<Apart> {
  const span = wholeOf(range);
  const known = already ?? (await know(source, span));
  const folded = await readFolded(source.client, source.dialect, span, dimension);
  return folded.length === 0
    ? { told: 'all', raw: [] }
    : apartBy(planRange(span, { ...known, folded }), planRange(span, known), folded.length);
}

/** @param fine A plan that tells values apart. @param whole One that need not. */
function apartBy(fine: readonly Segment[], whole: readonly Segment[], folded: number): Apart {
  const raw = folded === 0 ? [] : rawIn(fine);
  if (lengthOf(fine) < lengthOf(whole)) return { told: 'gone', raw };
  return { told: lengthOf(raw) > lengthOf(rawIn(whole)) ? 'some' : 'all', raw };
}

function rawIn(plan: readonly Segment[]): readonly Segment[] {
  return plan.filter((segment) => segment.source === 'raw');
}

/** ms */
function lengthOf(plan: readonly Segment[]): number {
  return plan.reduce((sum, { begins, ends }) => sum + ends - begins, 0);
}

function wholeOf({ app, from, to }: TimeRange): TimeRange {
  return { app, from: Math.ceil(from), to: Math.ceil(to) };
}

function know({ client, dialect }: Source, span: TimeRange): Promise<Known> {
  const share = SHARED.get(client) ?? shareWithinTurn<Known>();
  SHARED.set(client, share);
  return share(JSON.stringify(span), async () => ({
    ...(await readKnowledge(client, dialect, { ...span, from: span.from - GRAIN_MS.day })),
    starts: shareAlways(),
  }));
}
