import type { VitalName } from '@rumkit/react-rum/protocol';
import type { UseQueryOptions } from '@tanstack/react-query';
import type {
  ActionsResponse,
  BreakdownResponse,
  CausesResponse,
  ErrorResponse,
  ErrorsResponse,
  HealthResponse,
  OverviewResponse,
  RequestResponse,
  RequestsResponse,
  TimingsResponse,
  ValuesResponse,
  VitalResponse,
} from '../server/api.js';
import type { FilterDimension, Question } from '../server/question.js';
import type { TimingChoice } from './activity/listing.js';
import type { Page } from './address/page.js';
import type { UrlState } from './address/urlState.js';
import type { AdminApi, RequestChoice } from './adminApi.js';
import type { Dimension } from './dimensions.js';
import { withRoute } from './filters.js';
import { insightQuery, insightsQuery, openIncidentsQuery, trendsQuery } from './insights/insightQueries.js';
import { liveQuery } from './live/liveQueries.js';
import {
  funnelQuery,
  journeyQuery,
  retentionQuery,
  sessionQuery,
  sessionsQuery,
} from './paths/pathQueries.js';
import { boardQuery, boardsQuery, settingsQuery } from './saved/savedQueries.js';
import { type Asked, SUMMARY_INTERVAL, summary } from './summaryQuery.js';

/** Vitals, totals and traffic of a question. */
export function overviewQuery(api: AdminApi, asked: Asked): UseQueryOptions<OverviewResponse> {
  return summary(asked, ['overview'], (question, signal) => api.overview(question, signal));
}

/** One vital in full. */
export function vitalQuery(api: AdminApi, asked: Asked, metric: VitalName): UseQueryOptions<VitalResponse> {
  return summary(asked, ['vital', metric], (question, signal) => api.vital(question, metric, signal));
}

/** Why a vital is as it is. */
export function causesQuery(api: AdminApi, asked: Asked, metric: VitalName): UseQueryOptions<CausesResponse> {
  return summary(asked, ['causes', metric], (question, signal) => api.causes(question, metric, signal));
}

/** Views and vitals by the values of a dimension. */
export function breakdownQuery(
  api: AdminApi,
  asked: Asked,
  dimension: Dimension,
): UseQueryOptions<BreakdownResponse> {
  return summary(asked, ['breakdown', dimension], (question, signal) =>
    api.breakdown(question, dimension, signal),
  );
}

/** Errors that are alike, as groups. */
export function errorsQuery(api: AdminApi, asked: Asked): UseQueryOptions<ErrorsResponse> {
  return summary(asked, ['errors'], (question, signal) => api.errors(question, signal));
}

/** One group of errors in full. */
export function errorQuery(api: AdminApi, asked: Asked, fingerprint: string): UseQueryOptions<ErrorResponse> {
  return summary(asked, ['error', fingerprint], (question, signal) =>
    api.error(question, fingerprint, signal),
  );
}

/** What pages asked for and loaded. */
export function requestsQuery(
  api: AdminApi,
  asked: Asked,
  { kind, host, initiator }: RequestChoice,
): UseQueryOptions<RequestsResponse> {
  return summary(asked, ['requests', kind, host, initiator], (question, signal) =>
    api.requests(question, { kind, host, initiator }, signal),
  );
}

/** Requests of one template in full. */
export function requestQuery(api: AdminApi, asked: Asked, key: string): UseQueryOptions<RequestResponse> {
  return summary(asked, ['request', key], (question, signal) => api.request(question, key, signal));
}

/** What visitors did, and what of it was frustrating. */
export function actionsQuery(api: AdminApi, asked: Asked): UseQueryOptions<ActionsResponse> {
  return summary(asked, ['actions'], (question, signal) => api.actions(question, signal));
}

/** How long renders, queries, and what the app measures take. */
export function timingsQuery(
  api: AdminApi,
  asked: Asked,
  timing: TimingChoice,
): UseQueryOptions<TimingsResponse> {
  return summary(asked, ['timings', timing], (question, signal) => api.timings(question, timing, signal));
}

/** What a filter may be set to. */
export function valuesQuery(
  api: AdminApi,
  question: Question,
  dimension: FilterDimension | 'property',
  search: string,
): UseQueryOptions<ValuesResponse> {
  return {
    ...summary({ question, paused: true }, ['values', dimension, search], (asked, signal) =>
      api.values(asked, dimension, search, signal),
    ),
    staleTime: 30_000,
  };
}

/** What became of all that was sent. */
export function healthQuery(
  api: AdminApi,
  { paused }: Pick<Asked, 'paused'>,
): UseQueryOptions<HealthResponse> {
  return {
    queryKey: ['rum', 'health'],
    queryFn: ({ signal }) => api.health(signal),
    refetchInterval: paused ? false : SUMMARY_INTERVAL,
  };
}

/** What a page will ask first, so that it can be asked before the viewer is there. */
export function queriesOf(api: AdminApi, page: Page, state: UrlState): readonly UseQueryOptions<never>[] {
  const queries = ((): readonly unknown[] => {
    switch (page.name) {
      case 'overview':
        return [
          overviewQuery(api, state),
          breakdownQuery(api, state, 'route'),
          openIncidentsQuery(api, state),
        ];
      case 'insights':
        return [insightsQuery(api, state), trendsQuery(api, state)];
      case 'insight':
        return [insightQuery(api, state, page.id)];
      case 'vitals':
        return [vitalQuery(api, state, page.metric), breakdownQuery(api, state, state.by)];
      case 'pages':
        return [breakdownQuery(api, state, 'route')];
      case 'route': {
        const asked = { ...state, question: withRoute(state.question, page.route) };
        return [overviewQuery(api, asked), vitalQuery(api, asked, state.metric)];
      }
      case 'errors':
        return [errorsQuery(api, state)];
      case 'error':
        return [errorQuery(api, state, page.fingerprint)];
      case 'requests':
        return [requestsQuery(api, state, state.listing)];
      case 'request':
        return [requestQuery(api, state, page.key)];
      case 'sessions':
        return [sessionsQuery(api, state)];
      case 'session':
        return [sessionQuery(api, state, page.id)];
      case 'actions':
        return [actionsQuery(api, state)];
      case 'components':
        return [timingsQuery(api, state, state.listing.timing)];
      case 'journeys':
        return [journeyQuery(api, state, state.paths)];
      case 'funnels':
        return state.paths.steps.length > 1 ? [funnelQuery(api, state)] : [];
      case 'goals':
        return [retentionQuery(api, state)];
      case 'live':
        return [liveQuery(api, state)];
      case 'health':
        return [healthQuery(api, state)];
      case 'boards':
        return [boardsQuery(api)];
      case 'board':
        return [boardQuery(api, page.id)];
      case 'settings':
        return [settingsQuery(api)];
      case 'unknown':
        return [];
    }
  })();
  // Each has an answer of its own type, which whoever only fetches does not look at.
  return queries as readonly UseQueryOptions<never>[];
}
