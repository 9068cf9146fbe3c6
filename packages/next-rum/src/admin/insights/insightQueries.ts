import type { UseQueryOptions } from '@tanstack/react-query';
import type {
  ComparisonsResponse,
  InsightResponse,
  InsightsResponse,
  TrendsResponse,
} from '../../server/api.js';
import { DEFAULT_QUESTION } from '../../server/question.js';
import type { UrlState } from '../address/urlState.js';
import { type AdminApi, searchOf } from '../adminApi.js';

// Under the key of what somebody saved, so that a snooze has them asked for anew.
const INSIGHTS = ['rum', 'saved', 'insights'] as const;
const INTERVAL = 30_000;

/** What was unusual in the time of a question. */
export function insightsQuery(
  api: AdminApi,
  { question, paused }: Pick<UrlState, 'question' | 'paused'>,
): UseQueryOptions<InsightsResponse> {
  return {
    queryKey: [...INSIGHTS, searchOf(question)],
    queryFn: ({ signal }) => api.insights(question, signal),
    refetchInterval: paused || typeof question.range !== 'string' ? false : INTERVAL,
  };
}

/** How many are open, whatever else is asked. */
export function openIncidentsQuery(
  api: AdminApi,
  { paused }: Pick<UrlState, 'paused'>,
): UseQueryOptions<InsightsResponse> {
  return insightsQuery(api, { question: DEFAULT_QUESTION, paused });
}

/** One of them, with its hours. */
export function insightQuery(
  api: AdminApi,
  { paused }: Pick<UrlState, 'paused'>,
  id: string,
): UseQueryOptions<InsightResponse> {
  return {
    queryKey: [...INSIGHTS, 'one', id],
    queryFn: ({ signal }) => api.insight(id, signal),
    refetchInterval: paused ? false : INTERVAL,
  };
}

/** What releases and flags of the time of a question changed. It takes some reading, and hardly changes: asked for once. */
export function comparisonsQuery(
  api: AdminApi,
  { question }: Pick<UrlState, 'question'>,
): UseQueryOptions<ComparisonsResponse> {
  return {
    queryKey: [...INSIGHTS, 'comparisons', searchOf(question)],
    queryFn: ({ signal }) => api.comparisons(question, signal),
    staleTime: 5 * 60_000,
  };
}

/** What rose or fell in the weeks before the end of a question's time. It is told from days that are over: asked for once. */
export function trendsQuery(
  api: AdminApi,
  { question }: Pick<UrlState, 'question'>,
): UseQueryOptions<TrendsResponse> {
  return {
    queryKey: [...INSIGHTS, 'trends', searchOf(question)],
    queryFn: ({ signal }) => api.trends(question, signal),
    staleTime: 5 * 60_000,
  };
}
