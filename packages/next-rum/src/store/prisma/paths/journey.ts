import { pathTree, type Walk } from '../../../analysis/paths/pathTree.js';
import type { Journey, JourneyQuestion } from '../../pathStore.js';
import type { ViewRange } from '../../store.js';
import { SESSION_GAP } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { latestSessions } from './latestSessions.js';

/** Most views that paths are made of: as many as are read in a second. */
export const MAX_WALKED = 50_000;

/** @see {@link RumStore.journey} */
export async function journey(
  source: Source,
  range: ViewRange,
  { now, ...question }: JourneyQuestion,
): Promise<Journey> {
  const { sessions, seen } = await latestSessions(source, range, MAX_WALKED);
  const closed = Math.min(now, range.to) - SESSION_GAP;
  const walks = sessions.map(
    (views): Walk => ({
      routes: views.map(({ values }) => values.route),
      isOpen: (views.at(-1)?.startedAt ?? 0) > closed,
    }),
  );
  return { ...pathTree(walks, question), seen };
}
