import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './adminApi.js';
import { isTooSlow } from './summaryQuery.js';

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
        retryOnMount: ({ state }) => !isTooSlow(state.error),
        refetchOnWindowFocus: ({ state }) => !isTooSlow(state.error),
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
