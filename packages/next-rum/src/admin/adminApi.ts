import {
  ADMIN_PATHS,
  type ApiError,
  type Audience,
  type BreakdownResponse,
  type HealthResponse,
  type LiveResponse,
  type OverviewResponse,
  type RangeName,
  type Vitals,
} from '../server/api.js';

/** An answer that was not the one asked for. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
  /** Seconds to wait, where the server says so. */
  readonly retryAfter: number | null;

  constructor(
    message: string,
    details: { status: number | null; retryAfter?: number | null; cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.retryAfter = details.retryAfter ?? null;
  }
}

export interface RouteSummary {
  readonly route: string;
  readonly views: number;
  readonly vitals: Vitals;
}

export interface RoutesResponse {
  readonly routes: readonly RouteSummary[];
  readonly truncated: boolean;
}

/** The JSON API of the admin. Every method rejects with {@link ApiFailure}. */
export interface AdminApi {
  overview(audience: Audience, range: RangeName, signal: AbortSignal): Promise<OverviewResponse>;
  routes(audience: Audience, range: RangeName, signal: AbortSignal): Promise<RoutesResponse>;
  live(audience: Audience, signal: AbortSignal): Promise<LiveResponse>;
  health(signal: AbortSignal): Promise<HealthResponse>;
  signIn(password: string): Promise<void>;
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
    if (!response.ok) throw await failureOf(response);
    return response;
  }

  async function get<T>(path: string, signal: AbortSignal, search?: string): Promise<T> {
    const response = await request(path, { signal, headers: { accept: 'application/json' } }, search);
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
    overview: (audience, range, signal) =>
      get(ADMIN_PATHS.overview, signal, `?range=${range}&audience=${audience}`),
    async routes(audience, range, signal) {
      const { rows, truncated } = await get<BreakdownResponse>(
        ADMIN_PATHS.breakdown,
        signal,
        `?dimension=route&range=${range}&audience=${audience}`,
      );
      return { routes: rows.map(({ value, ...row }) => ({ route: value, ...row })), truncated };
    },
    live: (audience, signal) => get(ADMIN_PATHS.live, signal, `?audience=${audience}`),
    health: (signal) => get(ADMIN_PATHS.health, signal, '?details'),
    async signIn(password) {
      await request(ADMIN_PATHS.signIn, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ password }),
      });
    },
    async signOut() {
      await request(ADMIN_PATHS.signOut, { method: 'POST' });
    },
  };
}

async function failureOf(response: Response): Promise<ApiFailure> {
  const retryAfter = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  return new ApiFailure(await messageOf(response), {
    status: response.status,
    retryAfter: Number.isNaN(retryAfter) ? null : retryAfter,
  });
}

async function messageOf(response: Response): Promise<string> {
  const fallback = `The server answered ${response.status}.`;
  try {
    const body = (await response.json()) as Partial<ApiError> | null;
    return typeof body?.message === 'string' && body.message !== '' ? body.message : fallback;
  } catch {
    // A proxy in front of the app answers with its own page; the status is all there is to tell.
    return fallback;
  }
}
