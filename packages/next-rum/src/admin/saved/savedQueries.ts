import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type {
  AlertsResponse,
  BoardResponse,
  BoardsResponse,
  ChangesResponse,
  MarkersResponse,
  PanelQuestion,
  PanelResponse,
  SavedViewsResponse,
  SettingsResponse,
  SharesResponse,
} from '../../server/api.js';
import { DEFAULT_QUESTION, type Question } from '../../server/question.js';
import { type AdminApi, type ChangeAnswers, type ChangeBodies, searchOf } from '../adminApi.js';
import { useApi } from '../apiContext.js';

/** Everything that somebody saved is under this key, so that a change has it asked for anew. */
const SAVED = ['rum', 'saved'] as const;
const SUMMARY_INTERVAL = 30_000;
const FRESH = 10_000;

export function savedViewsQuery(api: AdminApi): UseQueryOptions<SavedViewsResponse> {
  return { queryKey: [...SAVED, 'views'], queryFn: ({ signal }) => api.savedViews(signal), staleTime: FRESH };
}

/** What happened in the time of a question; who is looked at makes no difference. */
export function markersQuery(api: AdminApi, { range, audience }: Question): UseQueryOptions<MarkersResponse> {
  const question = { ...DEFAULT_QUESTION, range, audience };
  return {
    queryKey: [...SAVED, 'markers', searchOf(question)],
    queryFn: ({ signal }) => api.markers(question, signal),
    placeholderData: keepPreviousData,
    staleTime: SUMMARY_INTERVAL,
  };
}

export function boardsQuery(api: AdminApi): UseQueryOptions<BoardsResponse> {
  return { queryKey: [...SAVED, 'boards'], queryFn: ({ signal }) => api.boards(signal), staleTime: FRESH };
}

export function boardQuery(api: AdminApi, id: string): UseQueryOptions<BoardResponse> {
  return {
    queryKey: [...SAVED, 'board', id],
    queryFn: ({ signal }) => api.board(id, signal),
    // Whoever arranges it must not have it change below the hand.
    refetchOnWindowFocus: false,
    staleTime: FRESH,
  };
}

export function panelQuery(
  api: AdminApi,
  question: Question,
  paused: boolean,
  panel: PanelQuestion,
): UseQueryOptions<PanelResponse> {
  const { metric, dimension, chart } = panel;
  return {
    queryKey: ['rum', question.audience, 'panel', metric, dimension, chart, searchOf(question)],
    queryFn: ({ signal }) => api.panel(question, panel, signal),
    placeholderData: keepPreviousData,
    refetchInterval: paused || typeof question.range !== 'string' ? false : SUMMARY_INTERVAL,
  };
}

export function sharesQuery(api: AdminApi): UseQueryOptions<SharesResponse> {
  return { queryKey: [...SAVED, 'shares'], queryFn: ({ signal }) => api.shares(signal), staleTime: FRESH };
}

export function settingsQuery(api: AdminApi): UseQueryOptions<SettingsResponse> {
  return {
    queryKey: [...SAVED, 'settings'],
    queryFn: ({ signal }) => api.settings(signal),
    refetchOnWindowFocus: false,
    staleTime: FRESH,
  };
}

export function alertsQuery(api: AdminApi): UseQueryOptions<AlertsResponse> {
  return { queryKey: [...SAVED, 'alerts'], queryFn: ({ signal }) => api.alerts(signal), staleTime: FRESH };
}

export function changesQuery(api: AdminApi): UseQueryOptions<ChangesResponse> {
  return { queryKey: [...SAVED, 'changes'], queryFn: ({ signal }) => api.changes(signal) };
}

/** Makes a change, after which everything that somebody saved is asked for anew. */
export function useChange<K extends keyof ChangeBodies>(
  kind: K,
): UseMutationResult<ChangeAnswers[K], Error, ChangeBodies[K]> {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangeBodies[K]) => api.change(kind, body),
    onSuccess: () => client.invalidateQueries({ queryKey: SAVED }),
  });
}
