import { QueryCache, QueryClient, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';
import type { Audience, HealthResponse, LiveResponse, OverviewResponse, RangeName } from '../server/api.js';
import { type AdminApi, ApiFailure, type RoutesResponse } from './adminApi.js';

const SUMMARY_INTERVAL = 30_000;
const LIVE_INTERVAL = 2_000;

/** Vitals, totals and traffic of a range, asked again every 30 s while the page is seen. */
export function overviewQuery(
  api: AdminApi,
  audience: Audience,
  range: RangeName,
): UseQueryOptions<OverviewResponse> {
  return {
    queryKey: ['rum', audience, 'overview', range],
    queryFn: ({ signal }) => api.overview(audience, range, signal),
    refetchInterval: SUMMARY_INTERVAL,
    placeholderData: keepWithin(audience),
  };
}

/** The routes of a range, asked again every 30 s while the page is seen. */
export function routesQuery(
  api: AdminApi,
  audience: Audience,
  range: RangeName,
): UseQueryOptions<RoutesResponse> {
  return {
    queryKey: ['rum', audience, 'routes', range],
    queryFn: ({ signal }) => api.routes(audience, range, signal),
    refetchInterval: SUMMARY_INTERVAL,
    placeholderData: keepWithin(audience),
  };
}

/** The latest views, asked again every 2 s while the page is seen. */
export function liveQuery(api: AdminApi, audience: Audience): UseQueryOptions<LiveResponse> {
  return {
    queryKey: ['rum', audience, 'live'],
    queryFn: ({ signal }) => api.live(audience, signal),
    refetchInterval: LIVE_INTERVAL,
  };
}

/** What became of all that was sent, asked again every 30 s while the page is seen. */
export function healthQuery(api: AdminApi): UseQueryOptions<HealthResponse> {
  return {
    queryKey: ['rum', 'health'],
    queryFn: ({ signal }) => api.health(signal),
    refetchInterval: SUMMARY_INTERVAL,
  };
}

/** Figures of another range stay until those asked for are there; figures of another audience would be mistaken for them. */
function keepWithin(audience: Audience) {
  return <T>(previous: T | undefined, query: { readonly queryKey: QueryKey } | undefined): T | undefined =>
    query?.queryKey[1] === audience ? previous : undefined;
}

/** Statuses that say the viewer may not look (any more). */
export type Refusal = 401 | 403;

/**
 * The cache of all answers.
 *
 * @param onRefused Called when the API refuses the viewer, so that nobody has to check each answer for it.
 */
export function createQueryClient(onRefused: (status: Refusal) => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError(error) {
        if (error instanceof ApiFailure && (error.status === 401 || error.status === 403)) {
          onRefused(error.status);
        }
      },
    }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && isPassing(error),
        retryDelay: (failures) => 1000 * 2 ** failures,
        // The app may run on this very machine, where being offline says nothing about reaching it.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** Whether asking again can help: no answer, or a fault on the server's side. */
function isPassing(error: Error): boolean {
  return error instanceof ApiFailure && (error.status === null || error.status >= 500);
}
