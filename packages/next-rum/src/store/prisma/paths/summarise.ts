import type { Rating } from '../../../analysis/rating.js';
import { VITAL_THRESHOLDS } from '../../../analysis/rating.js';
import type { SessionNeeds, SessionSummary, WorstVital } from '../../pathStore.js';
import { VITAL_NAMES } from '../../rows.js';
import type { SeenView } from './seenView.js';
import type { Troubles } from './troubles.js';

const RANKS: { readonly [rating in Rating]: number } = { good: 0, needsImprovement: 1, poor: 2 };

/**
 * @param views Of one session, by their beginning; at least one.
 * @param troubles What went wrong, by view.
 */
export function summarise(
  views: readonly SeenView[],
  troubles: ReadonlyMap<string, Troubles>,
): SessionSummary {
  const [first] = views;
  const last = views.at(-1);
  if (first === undefined || last === undefined) throw new Error('RUM: a session has at least one view');
  const end = views.reduce((latest, view) => Math.max(latest, view.startedAt + (view.duration ?? 0)), 0);
  const sum = (of: keyof Troubles): number =>
    views.reduce((total, { id }) => total + (troubles.get(id)?.[of] ?? 0), 0);
  return {
    id: first.id,
    startedAt: first.startedAt,
    duration: Math.round(end - first.startedAt),
    views: views.length,
    entry: first.values.route,
    exit: last.values.route,
    country: first.values.country || null,
    device: first.device,
    browser: first.values.browser || null,
    os: first.values.os || null,
    errors: sum('errors'),
    frustrations: sum('frustrations'),
    worst: worstOf(views),
    userId: views.findLast(({ userId }) => userId !== null)?.userId ?? null,
    sample: first.sample,
  };
}

export function hasWhatIsNeeded(
  { errors, frustrations, worst, views }: SessionSummary,
  needs: SessionNeeds,
): boolean {
  if (needs.errors && errors === 0) return false;
  if (needs.frustrations && frustrations === 0) return false;
  if (needs.slow && worst?.rating !== 'poor') return false;
  return views >= needs.views;
}

/** By rating first, then by how far beyond what is still good. */
function worstOf(views: readonly SeenView[]): WorstVital | null {
  let worst: (WorstVital & { readonly rank: number }) | null = null;
  for (const { vitals } of views) {
    for (const name of VITAL_NAMES) {
      const vital = vitals[name];
      if (vital === null) continue;
      const excess = Math.min(vital.value / VITAL_THRESHOLDS[name].poor, 1e6 - 1);
      const rank = RANKS[vital.rating] * 1e6 + excess;
      if (worst === null || rank > worst.rank) worst = { name, ...vital, rank };
    }
  }
  if (worst === null) return null;
  const { name, value, rating } = worst;
  return { name, value, rating };
}
