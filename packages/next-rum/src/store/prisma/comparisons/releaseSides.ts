import type { SidedView } from '../../../analysis/comparison/testSides.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { ReleaseStart, ViewRange } from '../../store.js';
import type { Source } from '../rollup/rollupCells.js';
import { type ReadView, readForward } from './sidedViews.js';

type SidedRead = ReadView & Pick<SidedView, 'side'>;

/** Views with a change and without it. */
export interface Sides {
  readonly against: string | null;
  readonly since: number;
  readonly until: number;
  readonly complete: boolean;
  readonly views: readonly SidedRead[];
}

/** Of the time since a release, and of the days before it. */
const MOST_VIEWS = 10_000;
const LONGEST = 7 * GRAIN_MS.day;
const DAYS_BEFORE = 7;

/**
 * The first views since a release came, those with it and those with what was there before, and as many of the days before: of the same hours,
 * or of whole days where it is more than one.
 */
export async function releaseSides(
  source: Source,
  range: ViewRange,
  { release, at }: ReleaseStart,
  kept: number,
  deadline: number,
): Promise<Sides | null> {
  const to = Math.min(range.to, at + LONGEST);
  const since = Math.max(at, kept);
  const after = await readForward(source, range, { from: since, to }, MOST_VIEWS, deadline);
  const isCut = after.length === MOST_VIEWS || performance.now() >= deadline;
  const until = isCut ? (after.at(-1)?.t ?? since) + 1 : to;
  const before: ReadView[] = [];
  for (const { from, ends } of spansBefore(since, until)) {
    const room = MOST_VIEWS - before.length;
    if (room === 0 || ends <= kept || performance.now() >= deadline) break;
    before.push(
      ...(await readForward(source, range, { from: Math.max(from, kept), to: ends }, room, deadline)),
    );
  }
  const releases = new Map<string, number>();
  for (const view of before) releases.set(view.release, (releases.get(view.release) ?? 0) + 1);
  const [against] = [...releases].sort(([one, n], [other, ofOther]) => ofOther - n || (one < other ? -1 : 1));
  if (against === undefined) return null;
  const sided = (view: ReadView): SidedRead[] => {
    if (view.release === release) return [{ ...view, side: 'new' }];
    // A release that came later is neither.
    return releases.has(view.release) ? [{ ...view, side: 'old' }] : [];
  };
  return {
    against: against[0] === '' ? null : against[0],
    since: at,
    until,
    complete: !isCut && to === Math.ceil(range.to),
    views: [...after.flatMap(sided), ...before.map((view) => ({ ...view, side: 'before' as const }))],
  };
}

function spansBefore(since: number, until: number): { readonly from: number; readonly ends: number }[] {
  const length = until - since;
  if (length >= GRAIN_MS.day)
    return Array.from({ length: DAYS_BEFORE }, (_, day) => ({
      from: since - (day + 1) * GRAIN_MS.day,
      ends: since - day * GRAIN_MS.day,
    }));
  return Array.from({ length: DAYS_BEFORE }, (_, day) => ({
    from: since - (day + 1) * GRAIN_MS.day,
    ends: Math.min(since, until - (day + 1) * GRAIN_MS.day),
  }));
}
