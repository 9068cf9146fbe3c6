import { pathTree, type Walk } from '../../../analysis/paths/pathTree.js';
import type { Journey, JourneyQuestion } from '../../pathStore.js';
import type { ViewRange } from '../../store.js';
import { SESSION_GAP } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { sampledSessions } from './sampledSessions.js';

/** @see {@link RumStore.journey} */
export async function journey(
  source: Source,
  range: ViewRange,
  { now, ...question }: JourneyQuestion,
): Promise<Journey> {
  const walks: Walk[] = [];
  const seen = await sampledSessions(source, range, {}, ({ sessions, span }) => {
    const closed = Math.min(now, span.ends) - SESSION_GAP;
    for (const views of sessions) {
      walks.push({
        routes: views.map(({ route }) => route),
        isOpen: (views.at(-1)?.startedAt ?? 0) > closed,
      });
    }
  });
  return { ...pathTree(walks, question), seen };
}
