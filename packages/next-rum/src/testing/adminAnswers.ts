import type { VitalName } from '@rumkit/react-rum/protocol';
import type {
  BreakdownResponse,
  BreakdownRow,
  CausesResponse,
  ErrorGroupRow,
  ErrorResponse,
  ErrorsResponse,
  HealthResponse,
  IngestSums,
  Insight,
  InsightsResponse,
  LiveResponse,
  LiveView,
  MarkersResponse,
  OverviewResponse,
  ResolvedRange,
  RetentionResponse,
  ValuesResponse,
  VitalFigures,
  VitalResponse,
} from '../server/api.js';

export const NOW: number = Date.UTC(2026, 10, 23, 12);

/** What was unusual in the last day. */
export function insights(list: readonly Insight[], given: Partial<InsightsResponse> = {}): InsightsResponse {
  const watched = { since: NOW - 30 * 86_400_000, until: NOW, timeZone: 'UTC' };
  return { range: RANGE, watched, open: list.length, insights: list, truncated: false, ...given };
}

/** What happened in the last day. */
export function markers(given: Partial<MarkersResponse>): MarkersResponse {
  return { range: RANGE, releases: [], notes: [], ...given };
}

export const RANGE: ResolvedRange = {
  name: '24h',
  from: NOW - 86_400_000,
  to: NOW,
  bucketMs: 1_800_000,
};
const NO_DATA: VitalFigures = {
  p75: null,
  interval: null,
  n: 0,
  good: 0,
  needsImprovement: 0,
  poor: 0,
};
const NO_VITALS = { lcp: NO_DATA, inp: NO_DATA, cls: NO_DATA, fcp: NO_DATA, ttfb: NO_DATA };

/** Figures of a vital of which only some matter. */
export function figures(given: Partial<VitalFigures>): VitalFigures {
  return { ...NO_DATA, ...given };
}

/** An overview of the last day. */
export function overview(given: {
  readonly views?: number;
  readonly sampleViews?: number;
  readonly bots?: OverviewResponse['bots'];
  readonly vitals?: { readonly [name in VitalName]?: Partial<VitalFigures> };
  /** Of the day before; without them nothing is compared. */
  readonly before?: { readonly [name in VitalName]?: Partial<VitalFigures> };
}): OverviewResponse {
  const { views = 0, sampleViews = 0, bots = { mode: 'apart', views: 0 }, vitals = {}, before } = given;
  const totals = { views, sessions: 0, events: 0, errors: 0, sampleViews };
  return {
    range: RANGE,
    oneIn: 1,
    drawn: null,
    totals,
    vitals: allVitals(vitals),
    traffic: [],
    compared:
      before === undefined
        ? null
        : {
            from: RANGE.from - 86_400_000,
            to: RANGE.from,
            totals,
            vitals: allVitals(before),
            traffic: [],
          },
    bots,
  };
}

function allVitals(given: { readonly [name in VitalName]?: Partial<VitalFigures> }) {
  const filled = Object.entries(given).map(([name, some]) => [name, figures(some)]);
  return { ...NO_VITALS, ...Object.fromEntries(filled) };
}

export function breakdown(
  rows: readonly BreakdownRow[],
  dimension: BreakdownResponse['dimension'] = 'route',
): BreakdownResponse {
  return { range: RANGE, oneIn: 1, dimension, rows, truncated: false };
}

/** A value with as many views, all of them with the same LCP. */
export function row(value: string, views: number, lcp: number | null): BreakdownRow {
  const summary = lcp === null ? {} : { lcp: { p75: lcp, n: views, good: views } };
  return { value, views, vitals: allVitals(summary), compared: null };
}

export function vital(given: Partial<VitalResponse>): VitalResponse {
  const none = { p50: null, p75: null, p90: null, p95: null, p99: null };
  return {
    range: RANGE,
    oneIn: 1,
    drawn: null,
    metric: 'lcp',
    figures: NO_DATA,
    percentiles: none,
    intervals: none,
    histogram: [],
    series: [],
    compared: null,
    ...given,
  };
}

export function causes(given: Partial<CausesResponse>): CausesResponse {
  return { range: RANGE, metric: 'lcp', n: 0, since: RANGE.from, parts: [], causes: [], ...given };
}

/** Groups of errors, of whose events all were looked at. */
export function errors(
  groups: readonly ErrorGroupRow[],
  given: Partial<ErrorsResponse> = {},
): ErrorsResponse {
  const events = groups.reduce((sum, group) => sum + group.events, 0);
  return {
    range: RANGE,
    oneIn: 1,
    events,
    series: [{ t: NOW - RANGE.bucketMs, n: events }],
    groups,
    trend: { from: RANGE.from, bucketMs: 28_800_000, buckets: 3 },
    told: { events, since: RANGE.from, complete: true },
    truncated: false,
    ...given,
  };
}

/** A group whose fingerprint and title are made of its number. */
export function errorGroup(number: number, given: Partial<ErrorGroupRow> = {}): ErrorGroupRow {
  return {
    fingerprint: String(number).padStart(16, '0'),
    title: `Error: number ${number}`,
    name: 'Error',
    events: number,
    share: 0.5,
    visitors: 1,
    routes: 1,
    firstSeen: RANGE.from,
    lastSeen: NOW - 60_000 * number,
    isNew: false,
    compared: null,
    trend: [0, 1, number],
    ...given,
  };
}

/** A group of one event. */
export function errorDetail(given: Partial<ErrorResponse>): ErrorResponse {
  return {
    range: RANGE,
    oneIn: 1,
    fingerprint: '0'.repeat(16),
    title: 'Error: no lamp',
    events: 1,
    visitors: 1,
    views: 1,
    firstSeen: NOW - 60_000,
    lastSeen: NOW - 60_000,
    isNew: false,
    series: [{ t: NOW - 1_800_000, n: 1 }],
    compared: null,
    latest: {
      at: NOW - 60_000,
      name: 'Error',
      message: 'no lamp',
      source: 'window.error',
      stack: null,
      componentStack: null,
      digest: null,
    },
    told: { events: 1, since: RANGE.from, complete: true },
    by: { route: [], release: [], browser: [], os: [], device: [], country: [], source: [] },
    occurrences: [],
    ...given,
  };
}

/** Retention under consent of whoever is given. */
export function retention(given: Partial<RetentionResponse>): RetentionResponse {
  return { range: RANGE, privacy: 'consent', cohorts: [], since: RANGE.from, complete: true, ...given };
}

export function values(
  list: ValuesResponse['values'],
  { dimension = 'country', told = null }: Partial<ValuesResponse> = {},
): ValuesResponse {
  return { dimension, values: list, told };
}

export function live(views: readonly LiveView[]): LiveResponse {
  return { now: NOW, visitors: views.length, seconds: [], countries: [], views, events: [] };
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
    unread: [],
    ...given,
  };
}
