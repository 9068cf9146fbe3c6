import type { EventRow, ViewRow } from '../store/rows.js';
import type { ViewRange } from '../store/store.js';
import { holdsFor, nearestRank } from './countByHand.js';

interface Rows {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
}

/** A request event with what it says. */
export interface SaidRequest extends EventRow {
  readonly said: {
    readonly initiator?: string;
    readonly method?: string;
    readonly status?: number;
    readonly failure?: string;
    readonly wait?: number;
    readonly transferSize?: number;
    readonly cached?: boolean;
  };
}

/** The requests that a question means, latest first. */
export function requestsIn(
  { views, events }: Rows,
  { from, to, where = [] }: ViewRange,
): readonly SaidRequest[] {
  const byId = new Map(views.map((view) => [view.id, view]));
  return events
    .filter(({ type, occurredAt }) => type === 'resource' && occurredAt >= from && occurredAt < to)
    .filter(({ viewId }) => {
      const view = byId.get(viewId);
      return where.length === 0 || (view !== undefined && holdsFor(view, where));
    })
    .map((event) => ({ ...event, said: JSON.parse(event.data ?? '{}') }))
    .sort((a, b) => b.occurredAt - a.occurredAt || (a.id < b.id ? 1 : -1));
}

interface Figures {
  readonly n: number;
  readonly views: number;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
  /** Median. */
  readonly wait: number | null;
  readonly bytes: number;
  readonly cached: number;
  readonly failed: number;
  readonly aborted: number;
}

/** What is to be said of some requests, each figure by its definition. */
export function figuresByHand(requests: readonly SaidRequest[]): Figures {
  const notAborted = requests.filter(({ said }) => said.failure !== 'abort');
  const durations = notAborted.flatMap(({ duration }) => duration ?? []).sort((a, b) => a - b);
  const failed = notAborted.filter(({ said }) => said.failure !== undefined || (said.status ?? 0) >= 400);
  const waits = requests.flatMap(({ said }) => said.wait ?? []).sort((a, b) => a - b);
  return {
    n: requests.length,
    views: new Set(requests.map(({ viewId }) => viewId)).size,
    p50: nearestRank(durations, 0.5),
    p75: nearestRank(durations, 0.75),
    p95: nearestRank(durations, 0.95),
    wait: nearestRank(waits, 0.5),
    bytes: requests.reduce((sum, { said }) => sum + (said.transferSize ?? 0), 0),
    cached: requests.filter(({ said }) => said.cached).length,
    failed: failed.length,
    aborted: requests.length - notAborted.length,
  };
}
