import { keepPreviousData, QueryCache, QueryClient, type UseQueryOptions } from '@tanstack/react-query';
import type { LiveResponse, OverviewResponse, RangeName, RoutesResponse } from '../server/api.js';
import { type AdminApi, ApiFailure } from './adminApi.js';

const SUMMARY_INTERVAL = 30_000;
const LIVE_INTERVAL = 2_000;

/** Vitals, totals and traffic of a range, asked again every 30 s while the page is seen. */
export function overviewQuery(api: AdminApi, range: RangeName): UseQueryOptions<OverviewResponse> {
  return {
    queryKey: ['rum', 'overview', range],
    queryFn: ({ signal }) => api.overview(range, signal),
    refetchInterval: SUMMARY_INTERVAL,
    placeholderData: keepPreviousData,
  };
}

/** The routes of a range, asked again every 30 s while the page is seen. */
export function routesQuery(api: AdminApi, range: RangeName): UseQueryOptions<RoutesResponse> {
  return {
    queryKey: ['rum', 'routes', range],
    queryFn: ({ signal }) => api.routes(range, signal),
    refetchInterval: SUMMARY_INTERVAL,
    placeholderData: keepPreviousData,
  };
}

/** The latest views, asked again every 2 s while the page is seen. */
export function liveQuery(api: AdminApi): UseQueryOptions<LiveResponse> {
  return {
    queryKey: ['rum', 'live'],
    queryFn: ({ signal }) => api.live(signal),
    refetchInterval: LIVE_INTERVAL,
  };
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
