import type { VitalName } from '@rumkit/react-rum/protocol';
import { act, cleanup, type RenderResult, render } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { AdminRoot, type AdminRootProps } from '../admin/AdminRoot.js';
import type { RouteSummary } from '../admin/adminApi.js';
import type {
  BreakdownResponse,
  HealthResponse,
  IngestSums,
  LiveResponse,
  LiveView,
  OverviewResponse,
  VitalSummary,
} from '../server/api.js';

const NOW = Date.UTC(2026, 10, 23, 12);

export type Answer = () => Response | Promise<Response>;

/** What the API answers, by path, and what was asked of it: `METHOD /path?query` of every request, in order. */
export interface FakeApi {
  /** Empty answers before each test; a test replaces what it is about. */
  readonly answers: { [path: string]: Answer };
  readonly asked: string[];
}

/** Puts an API with empty answers, an address and a clock in place before each test of a file. */
export function setUpAdmin(): FakeApi {
  const answers: { [path: string]: Answer } = {};
  const asked: string[] = [];
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    window.history.replaceState(null, '', '/admin/rum');
    asked.length = 0;
    for (const path of Object.keys(answers)) delete answers[path];
    Object.assign(answers, {
      '/admin/overview': () => Response.json(overview({})),
      '/admin/breakdown': () => Response.json(routes([])),
      '/admin/live': () => Response.json(live([])),
      '/health': () => Response.json(health()),
    });
    vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
      asked.push(`${init?.method ?? 'GET'} ${url.replace('/api/rum', '')}`);
      const answer = answers[new URL(url, 'http://app').pathname.replace('/api/rum', '')];
      if (answer === undefined) throw new Error(`nothing answers ${url}`);
      return answer();
    });
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });
  return { answers, asked };
}

/** Renders the admin and lets its first answers come. */
export async function open(props: Partial<AdminRootProps> = {}): Promise<RenderResult> {
  const rendered = render(
    <AdminRoot access="open" endpoint="/api/rum" title="RUM" passwordSignIn initialSearch="" {...props} />,
  );
  await settle();
  return rendered;
}

/** Lets everything happen that happens within `ms`. */
export async function settle(ms = 50): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}

const RANGE = { name: '24h', from: NOW - 86_400_000, to: NOW, bucketMs: 1_800_000 } as const;
const NO_DATA: VitalSummary = { p75: null, interval: null, n: 0, good: 0, needsImprovement: 0, poor: 0 };
const NO_VITALS = { lcp: NO_DATA, inp: NO_DATA, cls: NO_DATA, fcp: NO_DATA, ttfb: NO_DATA };

/** An overview of the last day. */
export function overview(given: {
  readonly views?: number;
  readonly sampleViews?: number;
  readonly bots?: OverviewResponse['bots'];
  readonly vitals?: { readonly [name in VitalName]?: VitalSummary };
}): OverviewResponse {
  const { views = 0, sampleViews = 0, bots = { mode: 'apart', views: 0 }, vitals } = given;
  return {
    range: RANGE,
    totals: { views, sessions: 0, events: 0, errors: 0, sampleViews },
    vitals: { ...NO_VITALS, ...vitals },
    traffic: [],
    compared: null,
    bots,
  };
}

export function routes(list: readonly RouteSummary[]): BreakdownResponse {
  const rows = list.map(({ route: value, ...row }) => ({ value, ...row, compared: null }));
  return { range: RANGE, dimension: 'route', rows, truncated: false };
}

/** A route with as many views, all of them with the same LCP. */
export function route(name: string, views: number, lcp: number | null): RouteSummary {
  const summary =
    lcp === null
      ? NO_DATA
      : { p75: lcp, interval: null, n: views, good: views, needsImprovement: 0, poor: 0 };
  return { route: name, views, vitals: { ...NO_VITALS, lcp: summary } };
}

export function live(views: readonly LiveView[]): LiveResponse {
  return { now: NOW, views };
}

export function view(name: string): LiveView {
  return {
    id: name,
    startedAt: NOW - 3000,
    route: name,
    path: name,
    navigationType: 'navigate',
    device: 'desktop',
    browser: 'Chrome',
    country: null,
    vitals: { lcp: 1200, inp: null, cls: null, fcp: null, ttfb: null },
    sample: false,
  };
}

/** Health of a day on which everything was accepted. */
export function health(given: Partial<HealthResponse> = {}): HealthResponse {
  const sums: IngestSums = {
    batches: { received: 20, accepted: 20, refused: {}, deferred: {} },
    items: { received: 1200, accepted: 1200, duplicate: 0, rejected: {}, late: 0 },
    rows: { bot: 0, clockCorrected: 0, clockClamped: 0, otherLabel: 0 },
  };
  const hour = { ...sums, minutes: [] };
  return {
    status: 'ok',
    now: NOW,
    store: { state: 'ok', pingMs: 1, error: null, thread: { state: 'own' } },
    buffer: null,
    lastCommit: null,
    lastFailure: null,
    process: hour,
    lastHour: hour,
    lastDay: sums,
    deadLetters: 0,
    deadLetterReasons: {},
    jobs: [],
    ...given,
  };
}
