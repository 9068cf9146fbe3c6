import type { GoalDay, Goals, PathStep } from '../../pathStore.js';
import { bucketOf } from '../../rollup/grains.js';
import type { ViewRange } from '../../store.js';
import type { Source } from '../rollup/rollupCells.js';
import { hitSessions, keyOf } from './walkHits.js';

/** @see {@link RumStore.goals} */
export async function goals(source: Source, range: ViewRange, wanted: readonly PathStep[]): Promise<Goals> {
  const { sessions, seen } = await hitSessions(source, range, wanted);
  const days = new Map<number, { t: number; sessions: number; reached: number[] }>();
  for (const { views, hits } of sessions) {
    const t = bucketOf(views[0]?.startedAt ?? 0, 'day');
    const day = days.get(t) ?? { t, sessions: 0, reached: wanted.map(() => 0) };
    days.set(t, day);
    day.sessions += 1;
    for (const [place, goal] of wanted.entries()) {
      if (hits.some(({ key }) => key === keyOf(goal))) day.reached[place] = (day.reached[place] ?? 0) + 1;
    }
  }
  return { days: [...days.values()].sort((a: GoalDay, b: GoalDay) => a.t - b.t), seen };
}
