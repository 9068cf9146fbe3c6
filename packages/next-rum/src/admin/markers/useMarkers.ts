import { useQuery } from '@tanstack/react-query';
import type { Insight, ResolvedRange } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { insightsQuery } from '../insights/insightQueries.js';
import { markersQuery } from '../saved/savedQueries.js';
import { type Marker, markersOf } from './markersOf.js';

/** What a chart over time shows, as far as there may be incidents of it. */
export interface Charted {
  readonly metric: 'lcp' | 'inp' | 'cls' | 'fcp' | 'ttfb' | 'errors' | 'views' | 'sessions';
  /** Of one group of errors: then of incidents that name errors those that name this one. */
  readonly fingerprint?: string;
}

/** What traffic and silence are of. */
const METRICS: { readonly [metric: string]: Charted['metric'] } = { traffic: 'views', silence: 'views' };

/** Whether an incident is of what a chart shows. */
export function isCharted({ metric, errors }: Pick<Insight, 'metric' | 'errors'>, charted: Charted): boolean {
  if ((METRICS[metric] ?? metric) !== charted.metric) return false;
  const { fingerprint } = charted;
  return (
    fingerprint === undefined ||
    errors.length === 0 ||
    errors.some((each) => each.fingerprint === fingerprint)
  );
}

/**
 * Incidents of what a chart shows that were open in its time, among those that its filters let through.
 *
 * @param charted Null: of nothing.
 */
export function useIncidents(charted: Charted | null): readonly Insight[] {
  const { state } = useAddress();
  // Only visitors are watched.
  const isWatched = charted !== null && state.question.audience === 'visitors';
  const { data } = useQuery({ ...insightsQuery(useApi(), state), enabled: isWatched });
  if (charted === null || !isWatched || data === undefined) return [];
  return data.insights.filter((insight) => isCharted(insight, charted));
}

/** What happened in the time of a chart, oldest first. */
export function useMarkers(range: ResolvedRange | undefined, charted: Charted | null): readonly Marker[] {
  const { state, time } = useAddress();
  const { data } = useQuery(markersQuery(useApi(), state.question));
  const incidents = useIncidents(charted);
  return range === undefined ? [] : markersOf(data, range, time, incidents);
}
