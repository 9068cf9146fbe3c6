import type { VitalName } from '@rumkit/react-rum/protocol';
import { QueryCache, QueryClient, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';
import type {
  ActionsResponse,
  BreakdownResponse,
  CausesResponse,
  ErrorResponse,
  ErrorsResponse,
  FunnelResponse,
  GoalsResponse,
  HealthResponse,
  ImpactResponse,
  JourneyResponse,
  LiveResponse,
  NamesResponse,
  OverviewResponse,
  RequestResponse,
  RequestsResponse,
  RetentionResponse,
  SessionResponse,
  SessionsResponse,
  TimingsResponse,
  ValuesResponse,
  VitalResponse,
} from '../server/api.js';
import { DEFAULT_QUESTION, type FilterDimension, type Question } from '../server/question.js';
import type { TimingChoice } from './activity/listing.js';
import type { Page } from './address/page.js';
import type { UrlState } from './address/urlState.js';
import { type AdminApi, ApiFailure, type RequestChoice, searchOf } from './adminApi.js';
import type { Dimension } from './dimensions.js';
import { withRoute } from './filters.js';
import { insightQuery, insightsQuery, openIncidentsQuery, trendsQuery } from './insights/insightQueries.js';
import type { JourneyChoice } from './paths/pathState.js';
import type { ImpactChoice } from './paths/pathsApi.js';
import { boardQuery, boardsQuery, settingsQuery } from './saved/savedQueries.js';

const SUMMARY_INTERVAL = 30_000;
const LIVE_INTERVAL = 2_000;

/** What is asked, and whether it is asked again by itself. */
export type Asked = Pick<UrlState, 'question' | 'paused'>;

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

/** The latest views that the audience and the filters of a question let through, asked again every 2 s while the page is seen. */
export function liveQuery(api: AdminApi, { question, paused }: Asked): UseQueryOptions<Live> {
  const now = liveQuestion(question);
  return {
    queryKey: ['rum', question.audience, 'live', searchOf(now)],
    queryFn: async ({ signal }) => ({ ...(await api.live(now, signal)), streamed: false }),
    refetchInterval: ({ state }) => (paused || state.data?.streamed ? false : LIVE_INTERVAL),
  };
}

/** The last half hour. */
export interface Live extends LiveResponse {
  /** It comes by itself and need not be asked for. */
  readonly streamed: boolean;
}

/** What of a question there is to ask about the present. */
export function liveQuestion(question: Question): Question {
  const { range, compare } = DEFAULT_QUESTION;
  return { ...question, range, compare };
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

/**
 * Asked again every 30 s while the page is seen, unless the time asked about has an end. Figures of another time or other filters
 * stay until those asked for are there; those of another audience would be mistaken for them.
 */
function summary<T>(
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

/** What took too long takes as long again. */
function isTooSlow(error: Error | null): boolean {
  return error instanceof ApiFailure && error.isTooSlow;
}

/** Whether asking again can help: no answer, or a fault on the server's side. */
function isPassing(error: Error): boolean {
  return error instanceof ApiFailure && (error.status === null || error.status >= 500);
}
