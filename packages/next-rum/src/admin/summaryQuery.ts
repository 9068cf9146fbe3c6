import type { QueryKey, UseQueryOptions } from '@tanstack/react-query';
import type { Question } from '../server/question.js';
import type { UrlState } from './address/urlState.js';
import { ApiFailure, searchOf } from './adminApi.js';

/** ms */
export const SUMMARY_INTERVAL = 30_000;

/** What is asked, and whether it is asked again by itself. */
export type Asked = Pick<UrlState, 'question' | 'paused'>;

/**
 * Asked again every 30 s while the page is seen, unless the time asked about has an end. Figures of another time or other filters
 * stay until those asked for are there; those of another audience would be mistaken for them.
 */
export function summary<T>(
  { question, paused }: Asked,
  what: readonly string[],
  ask: (question: Question, signal: AbortSignal) => Promise<T>,
): UseQueryOptions<T> {
  const kind = ['rum', question.audience, ...what];
  return {
    queryKey: [...kind, searchOf(question)],
    queryFn: ({ signal }) => ask(question, signal),
    refetchInterval: ({ state: { error } }) =>
      paused || typeof question.range !== 'string' || isTooSlow(error) ? false : SUMMARY_INTERVAL,
    placeholderData: (previous: T | undefined, query: { readonly queryKey: QueryKey } | undefined) =>
      kind.every((part, index) => query?.queryKey[index] === part) ? previous : undefined,
  } as UseQueryOptions<T>;
}

/** What took too long takes as long again. */
export function isTooSlow(error: Error | null): boolean {
  return error instanceof ApiFailure && error.isTooSlow;
}
