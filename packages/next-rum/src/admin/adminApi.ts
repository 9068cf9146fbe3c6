import type { VitalName } from '@rumkit/react-rum/protocol';
import {
  type ActionsResponse,
  ADMIN_PATHS,
  type AlertChange,
  type AlertsResponse,
  type ApiError,
  type BoardChange,
  type BoardResponse,
  type BoardsResponse,
  type BreakdownResponse,
  type CausesResponse,
  type ChangesResponse,
  type ComparisonsResponse,
  type ErrorResponse,
  type ErrorsResponse,
  type HealthResponse,
  type InsightChange,
  type InsightResponse,
  type InsightsResponse,
  type LiveResponse,
  type MarkersResponse,
  type NoteChange,
  type OverviewResponse,
  type PanelQuestion,
  type PanelResponse,
  type RequestResponse,
  type RequestsResponse,
  type Role,
  type SavedResponse,
  type SavedViewChange,
  type SavedViewsResponse,
  type SettingsChange,
  type SettingsResponse,
  type ShareChange,
  type SharedResponse,
  type ShareResponse,
  type SharesResponse,
  type SignInResponse,
  type TimingsResponse,
  type TrendsResponse,
  type ValuesResponse,
  type VitalResponse,
} from '../server/api.js';
import {
  type CustomRange,
  type FilterDimension,
  type Question,
  writeDimension,
  writeQuestion,
} from '../server/question.js';
import type { Listing, TimingChoice } from './activity/listing.js';
import type { Dimension } from './dimensions.js';
import { createPathsApi, type PathsApi } from './paths/pathsApi.js';

/** An answer that was not the one asked for. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  /** HTTP status; null where no answer came, or none of a collector. */
  readonly status: number | null;
  /** Seconds to wait, where the server says so. */
  readonly retryAfter: number | null;
  /** Whether the question took too long, and would again. */
  readonly isTooSlow: boolean;
  /** The span to ask for instead, epoch ms, where the server names one. */
  readonly narrower: CustomRange | null;

  constructor(
    message: string,
    details: {
      status: number | null;
      retryAfter?: number | null;
      isTooSlow?: boolean;
      narrower?: CustomRange | null;
      cause?: unknown;
    },
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.retryAfter = details.retryAfter ?? null;
    this.isTooSlow = details.isTooSlow ?? false;
    this.narrower = details.narrower ?? null;
  }
}

/** What a change of each kind says. */
export interface ChangeBodies {
  readonly savedViews: SavedViewChange;
  readonly notes: NoteChange;
  readonly alerts: AlertChange;
  readonly insights: InsightChange;
  readonly boards: BoardChange;
  readonly shares: ShareChange;
  readonly settings: SettingsChange;
}

/** What it is answered with. */
export type ChangeAnswers = { readonly [kind in keyof ChangeBodies]: SavedResponse & Partial<ShareResponse> };
/** Which requests are listed. */
export type RequestChoice = Pick<Listing, 'kind' | 'host' | 'initiator'>;

/** The JSON API of the admin. Every method rejects with {@link ApiFailure}. */
export interface AdminApi extends PathsApi {
  overview(question: Question, signal: AbortSignal): Promise<OverviewResponse>;
  vital(question: Question, metric: VitalName, signal: AbortSignal): Promise<VitalResponse>;
  causes(question: Question, metric: VitalName, signal: AbortSignal): Promise<CausesResponse>;
  breakdown(question: Question, dimension: Dimension, signal: AbortSignal): Promise<BreakdownResponse>;
  /**
   * @param dimension `property`: what custom properties are called.
   * @param search Looked for anywhere in a value, whatever its case; empty: all.
   */
  values(
    question: Question,
    dimension: FilterDimension | 'property',
    search: string,
    signal: AbortSignal,
  ): Promise<ValuesResponse>;
  errors(question: Question, signal: AbortSignal): Promise<ErrorsResponse>;
  error(question: Question, fingerprint: string, signal: AbortSignal): Promise<ErrorResponse>;
  requests(question: Question, choice: RequestChoice, signal: AbortSignal): Promise<RequestsResponse>;
  request(question: Question, key: string, signal: AbortSignal): Promise<RequestResponse>;
  actions(question: Question, signal: AbortSignal): Promise<ActionsResponse>;
  timings(question: Question, timing: TimingChoice, signal: AbortSignal): Promise<TimingsResponse>;
  live(question: Question, signal: AbortSignal): Promise<LiveResponse>;
  /** Where the same comes as it changes, as server-sent events. */
  liveStream(question: Question): string;
  health(signal: AbortSignal): Promise<HealthResponse>;
  /** Where a breakdown is found as a file to keep. */
  fileOf(question: Question, dimension: Dimension, format: 'csv' | 'ndjson'): string;
  /** Where the groups of errors are found as a file to keep. */
  errorsFile(question: Question, format: 'csv' | 'ndjson'): string;
  /** Where actions or frustrations are found as a file to keep. */
  actionsFile(question: Question, table: 'actions' | 'frustrations', format: 'csv' | 'ndjson'): string;
  timingsFile(question: Question, timing: TimingChoice, format: 'csv' | 'ndjson'): string;
  savedViews(signal: AbortSignal): Promise<SavedViewsResponse>;
  markers(question: Question, signal: AbortSignal): Promise<MarkersResponse>;
  alerts(signal: AbortSignal): Promise<AlertsResponse>;
  /** Where what was told is found as a file to keep. */
  alertsFile(format: 'csv' | 'ndjson'): string;
  insights(question: Question, signal: AbortSignal): Promise<InsightsResponse>;
  insight(id: string, signal: AbortSignal): Promise<InsightResponse>;
  /** Where what was unusual is found as a file to keep. */
  insightsFile(question: Question, format: 'csv' | 'ndjson'): string;
  comparisons(question: Question, signal: AbortSignal): Promise<ComparisonsResponse>;
  comparisonsFile(question: Question, format: 'csv' | 'ndjson'): string;
  trends(question: Question, signal: AbortSignal): Promise<TrendsResponse>;
  trendsFile(question: Question, format: 'csv' | 'ndjson'): string;
  boards(signal: AbortSignal): Promise<BoardsResponse>;
  board(id: string, signal: AbortSignal): Promise<BoardResponse>;
  panel(question: Question, panel: PanelQuestion, signal: AbortSignal): Promise<PanelResponse>;
  shares(signal: AbortSignal): Promise<SharesResponse>;
  settings(signal: AbortSignal): Promise<SettingsResponse>;
  changes(signal: AbortSignal): Promise<ChangesResponse>;
  /** Where the list of changes is found as a file to keep. */
  changesFile(format: 'csv' | 'ndjson'): string;
  /** Changes what is kept, which only an admin may. */
  change<K extends keyof ChangeBodies>(kind: K, body: ChangeBodies[K]): Promise<ChangeAnswers[K]>;
  /** What a share link opens. */
  shared(token: string, signal: AbortSignal): Promise<SharedResponse>;
  sharedPanel(token: string, id: string, signal: AbortSignal): Promise<PanelResponse>;
  /** Where the requests are found as a file to keep. */
  requestsFile(question: Question, choice: RequestChoice, format: 'csv' | 'ndjson'): string;
  /** Resolves with what the viewer may do from then on. */
  signIn(password: string): Promise<Role>;
  signOut(): Promise<void>;
}

/**
 * @param endpoint Path where the browser finds the collector route, such as `/api/rum`; with a slash at the end, so end the
 *   others.
 * @param send `fetch` or what stands in for it.
 */
export function createAdminApi(endpoint: string, send: typeof fetch): AdminApi {
  const address = (path: string): string => endpoint.replace(/(\/?)$/, `${path}$1`);

  async function request(path: string, init: RequestInit, search = ''): Promise<Response> {
    let response: Response;
    try {
      response = await send(`${address(path)}${search}`, init);
    } catch (cause) {
      if (init.signal?.aborted === true) throw cause;
      throw new ApiFailure('The server could not be reached.', { status: null, cause });
    }
    if (!response.ok) throw await failureOf(response, endpoint);
    return response;
  }

  async function get<T>(
    path: string,
    signal: AbortSignal,
    search?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const init = { signal, headers: { accept: 'application/json', ...headers } };
    const response = await request(path, init, search);
    try {
      // The server of the same package wrote this answer, so its type is known once it is JSON.
      return (await response.json()) as T;
    } catch (cause) {
      if (signal.aborted) throw cause;
      throw new ApiFailure(`${address(path)} answered with something that is not JSON.`, {
        status: response.status,
        cause,
      });
    }
  }

  return {
    overview: (question, signal) => get(ADMIN_PATHS.overview, signal, searchOf(question)),
    vital: (question, metric, signal) => get(ADMIN_PATHS.vital, signal, searchOf(question, { metric })),
    causes: (question, metric, signal) => get(ADMIN_PATHS.causes, signal, searchOf(question, { metric })),
    breakdown: (question, dimension, signal) =>
      get(ADMIN_PATHS.breakdown, signal, searchOf(question, { dimension })),
    values: (question, dimension, search, signal) =>
      get(
        ADMIN_PATHS.values,
        signal,
        searchOf(question, {
          dimension: dimension === 'property' ? dimension : writeDimension(dimension),
          search,
        }),
      ),
    errors: (question, signal) => get(ADMIN_PATHS.errors, signal, searchOf(question)),
    error: (question, fingerprint, signal) =>
      get(ADMIN_PATHS.error, signal, searchOf(question, { fingerprint })),
    requests: (question, choice, signal) =>
      get(ADMIN_PATHS.requests, signal, searchOf(question, chosen(choice))),
    request: (question, key, signal) => get(ADMIN_PATHS.request, signal, searchOf(question, { key })),
    ...createPathsApi(get, address),
    actions: (question, signal) => get(ADMIN_PATHS.actions, signal, searchOf(question)),
    timings: (question, timing, signal) =>
      get(ADMIN_PATHS.timings, signal, searchOf(question, timing === 'all' ? {} : { timing })),
    live: (question, signal) => get(ADMIN_PATHS.live, signal, searchOf(question)),
    liveStream: (question) => `${address(ADMIN_PATHS.live)}${searchOf(question, { stream: '' })}`,
    health: (signal) => get(ADMIN_PATHS.health, signal, '?details'),
    fileOf: (question, dimension, format) =>
      `${address(ADMIN_PATHS.breakdown)}${searchOf(question, { dimension, format })}`,
    errorsFile: (question, format) => `${address(ADMIN_PATHS.errors)}${searchOf(question, { format })}`,
    actionsFile: (question, table, format) =>
      `${address(ADMIN_PATHS.actions)}${searchOf(question, { table, format })}`,
    timingsFile: (question, timing, format) =>
      `${address(ADMIN_PATHS.timings)}${searchOf(question, { timing, format })}`,
    savedViews: (signal) => get(ADMIN_PATHS.savedViews, signal),
    markers: (question, signal) => get(ADMIN_PATHS.markers, signal, searchOf(question)),
    alerts: (signal) => get(ADMIN_PATHS.alerts, signal),
    alertsFile: (format) => `${address(ADMIN_PATHS.alerts)}?format=${format}`,
    insights: (question, signal) => get(ADMIN_PATHS.insights, signal, searchOf(question)),
    insight: (id, signal) => get(ADMIN_PATHS.insight, signal, `?${new URLSearchParams({ id })}`),
    insightsFile: (question, format) => `${address(ADMIN_PATHS.insights)}${searchOf(question, { format })}`,
    comparisons: (question, signal) => get(ADMIN_PATHS.comparisons, signal, searchOf(question)),
    comparisonsFile: (question, format) =>
      `${address(ADMIN_PATHS.comparisons)}${searchOf(question, { format })}`,
    trends: (question, signal) => get(ADMIN_PATHS.trends, signal, searchOf(question)),
    trendsFile: (question, format) => `${address(ADMIN_PATHS.trends)}${searchOf(question, { format })}`,
    boards: (signal) => get(ADMIN_PATHS.boards, signal),
    board: (id, signal) => get(ADMIN_PATHS.board, signal, `?${new URLSearchParams({ id })}`),
    panel: (question, { metric, dimension, chart }, signal) => {
      const more = { metric, chart, ...(dimension !== null && { dimension }) };
      return get(ADMIN_PATHS.panel, signal, searchOf(question, more));
    },
    shares: (signal) => get(ADMIN_PATHS.shares, signal),
    settings: (signal) => get(ADMIN_PATHS.settings, signal),
    changes: (signal) => get(ADMIN_PATHS.changes, signal),
    changesFile: (format) => `${address(ADMIN_PATHS.changes)}?format=${format}`,
    async change(kind, body) {
      const response = await request(ADMIN_PATHS[kind], {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await response.json()) as ChangeAnswers[typeof kind];
    },
    shared: (token, signal) => get(ADMIN_PATHS.shared, signal, '', { 'x-rum-share': token }),
    sharedPanel: (token, id, signal) =>
      get(ADMIN_PATHS.sharedPanel, signal, `?${new URLSearchParams({ id })}`, { 'x-rum-share': token }),
    requestsFile: (question, choice, format) =>
      `${address(ADMIN_PATHS.requests)}${searchOf(question, { ...chosen(choice), format })}`,
    async signIn(password) {
      const response = await request(ADMIN_PATHS.signIn, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ password }),
      });
      const { role } = (await response.json()) as SignInResponse;
      return role;
    },
    async signOut() {
      await request(ADMIN_PATHS.signOut, { method: 'POST' });
    },
  };
}

function chosen({ kind, host, initiator }: RequestChoice): { readonly [name: string]: string } {
  return {
    ...(kind !== 'all' && { kind }),
    ...(host !== '' && { host }),
    ...(initiator !== '' && { initiator }),
  };
}

/** The query string that asks a question; empty for the usual one. */
export function searchOf(question: Question, more: { readonly [name: string]: string } = {}): string {
  const parameters = new URLSearchParams(more);
  writeQuestion(question, parameters);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

async function failureOf(response: Response, endpoint: string): Promise<ApiFailure> {
  const retryAfter = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  const { error, message, from, to } = await bodyOf(response);
  // A collector that has not what it is asked for says `not_found`.
  if (response.status === 404 && error !== 'not_found') {
    return new ApiFailure(
      `There is no collector at ${endpoint}. Mount createRumHandlers(rum) there, in a catch-all route such as ` +
        'app/api/rum/[...rum]/route.ts, or give defineRum and withRum the endpoint where it is.',
      { status: null },
    );
  }
  return new ApiFailure(message || `The server answered ${response.status}.`, {
    status: response.status,
    retryAfter: Number.isNaN(retryAfter) ? null : retryAfter,
    isTooSlow: error === 'too_slow',
    narrower: from === undefined || to === undefined ? null : { from, to },
  });
}

async function bodyOf(response: Response): Promise<Partial<ApiError>> {
  try {
    const body = (await response.json()) as Partial<ApiError> | null;
    return typeof body?.message === 'string' ? body : {};
  } catch {
    // A proxy in front of the app answers with its own page; the status is all there is to tell.
    return {};
  }
}
