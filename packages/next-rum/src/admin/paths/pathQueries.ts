import type { UseQueryOptions } from '@tanstack/react-query';
import type {
  FunnelResponse,
  GoalsResponse,
  ImpactResponse,
  JourneyResponse,
  NamesResponse,
  RetentionResponse,
  SessionResponse,
  SessionsResponse,
} from '../../server/api.js';
import type { Question } from '../../server/question.js';
import type { UrlState } from '../address/urlState.js';
import type { AdminApi } from '../adminApi.js';
import { type Asked, SUMMARY_INTERVAL, summary } from '../summaryQuery.js';
import type { JourneyChoice } from './pathState.js';
import type { ImpactChoice } from './pathsApi.js';

/** The latest sessions. */
export function sessionsQuery(
  api: AdminApi,
  asked: Asked & Pick<UrlState, 'paths'>,
): UseQueryOptions<SessionsResponse> {
  const { troubles, leastViews } = asked.paths;
  return summary(asked, ['sessions', troubles.join(), String(leastViews)], (question, signal) =>
    api.sessions(question, asked.paths, signal),
  );
}

/** One session in full. */
export function sessionQuery(
  api: AdminApi,
  { question, paused }: Asked,
  id: string,
): UseQueryOptions<SessionResponse> {
  return {
    queryKey: ['rum', question.audience, 'session', id],
    queryFn: ({ signal }) => api.session(question, id, signal),
    refetchInterval: paused ? false : SUMMARY_INTERVAL,
  };
}

/** What sessions did after, or before, they were somewhere. */
export function journeyQuery(
  api: AdminApi,
  asked: Asked,
  choice: JourneyChoice,
): UseQueryOptions<JourneyResponse> {
  const { anchor, direction, depth, share } = choice;
  return summary(asked, ['journey', JSON.stringify([anchor, direction, depth, share])], (question, signal) =>
    api.journey(question, choice, signal),
  );
}

/** How far visitors came of some steps. */
export function funnelQuery(
  api: AdminApi,
  asked: Asked & Pick<UrlState, 'paths' | 'by'>,
): UseQueryOptions<FunnelResponse> {
  const { steps, window } = asked.paths;
  return {
    ...summary(asked, ['funnel', JSON.stringify([steps, window, asked.by])], (question, signal) =>
      api.funnel(question, asked.paths, asked.by, signal),
    ),
    enabled: steps.length > 1,
  };
}

/** How many sessions had what, by day. */
export function goalsQuery(
  api: AdminApi,
  asked: Asked & Pick<UrlState, 'paths'>,
): UseQueryOptions<GoalsResponse> {
  const { goals } = asked.paths;
  return {
    ...summary(asked, ['goals', JSON.stringify(goals)], (question, signal) =>
      api.goals(question, goals, signal),
    ),
    enabled: goals.length > 0,
  };
}

/** How often sessions had a goal, by a vital of theirs. */
export function impactQuery(
  api: AdminApi,
  asked: Asked,
  { goal, metric }: ImpactChoice,
): UseQueryOptions<ImpactResponse> {
  return summary(asked, ['impact', JSON.stringify([goal, metric])], (question, signal) =>
    api.impact(question, { goal, metric }, signal),
  );
}

/** Which users came again. */
export function retentionQuery(api: AdminApi, asked: Asked): UseQueryOptions<RetentionResponse> {
  return summary(asked, ['retention'], (question, signal) => api.retention(question, signal));
}

/** What a step of a funnel may be called. */
export function namesQuery(
  api: AdminApi,
  question: Question,
  kind: NamesResponse['kind'],
): UseQueryOptions<NamesResponse> {
  return {
    ...summary({ question, paused: true }, ['names', kind], (asked, signal) =>
      api.names(asked, kind, signal),
    ),
    staleTime: 30_000,
  };
}
