import { type Durations, durationsOf, type Median, medianOf } from '../durations.js';
import { wilsonInterval } from '../statistics/wilsonInterval.js';

/** A request or a loaded file, as its event tells. */
export interface RequestEvent {
  readonly name: string;
  readonly viewId: string;
  readonly route: string;
  /** ms */
  readonly duration: number | null;
  /** The fields that only events of this type have, docs/protocol.md. */
  readonly said: { readonly [field: string]: unknown };
}

/** In the order in which they happen. */
export const PHASES = ['redirect', 'dns', 'connect', 'tls', 'wait', 'download'] as const;
type Phase = (typeof PHASES)[number];

/** What became of a request. `unknown`: the browser does not tell, as of files of other origins. */
export type RequestOutcome = 'answered' | 'failed' | 'aborted' | 'unknown';

/** What some requests have in common. */
export interface RequestFigures {
  readonly n: number;
  /** Views that made one. */
  readonly views: number;
  /** Of those that were not aborted. */
  readonly duration: Durations;
  /** Medians of what browsers tell of each phase, ms; null where none does. */
  readonly phases: { readonly [phase in Phase]: Median | null };
  /** On the wire, all together. */
  readonly bytes: number;
  /** How many told their size, and the median of it. */
  readonly sized: number;
  readonly medianBytes: number | null;
  /** Of those that told their size, how many came from the cache. */
  readonly cached: number;
  /** No answer came, or one of status 400 or higher. */
  readonly failed: number;
  /** Of all that were not aborted, 0–1, with its 95 % confidence interval. Null where all were. */
  readonly failedShare: number | null;
  readonly failedInterval: readonly [low: number, high: number] | null;
  /** Given up by the page or its visitor. Neither a failure nor part of any duration. */
  readonly aborted: number;
}

export function figuresOf(events: readonly RequestEvent[]): RequestFigures {
  const durations: number[] = [];
  const sizes: number[] = [];
  const views = new Set<string>();
  const phases: { readonly [phase in Phase]: number[] } = {
    redirect: [],
    dns: [],
    connect: [],
    tls: [],
    wait: [],
    download: [],
  };
  let [bytes, cached, failed, aborted] = [0, 0, 0, 0];
  for (const event of events) {
    const { duration, said, viewId } = event;
    views.add(viewId);
    const outcome = outcomeOf(event);
    if (outcome === 'aborted') aborted += 1;
    else if (duration !== null) durations.push(duration);
    if (outcome === 'failed') failed += 1;
    const size = sizeOf(event);
    if (size !== null) sizes.push(size);
    bytes += size ?? 0;
    if (said.cached === true) cached += 1;
    for (const phase of PHASES) {
      const length = numberOf(said[phase]);
      if (length !== null) phases[phase].push(length);
    }
  }
  const ended = events.length - aborted;
  return {
    n: events.length,
    views: views.size,
    duration: durationsOf(durations),
    phases: {
      redirect: medianOf(phases.redirect),
      dns: medianOf(phases.dns),
      connect: medianOf(phases.connect),
      tls: medianOf(phases.tls),
      wait: medianOf(phases.wait),
      download: medianOf(phases.download),
    },
    bytes,
    sized: sizes.length,
    medianBytes: medianOf(sizes)?.median ?? null,
    cached,
    failed,
    failedShare: ended === 0 ? null : failed / ended,
    failedInterval: wilsonInterval(failed, ended),
    aborted,
  };
}

export function outcomeOf({ said }: Pick<RequestEvent, 'said'>): RequestOutcome {
  if (said.failure === 'abort') return 'aborted';
  const status = numberOf(said.status) ?? 0;
  if (typeof said.failure === 'string' || status >= 400) return 'failed';
  // Without an answer there would be a failure: this one was only not told.
  return status === 0 ? 'unknown' : 'answered';
}

/** Bytes on the wire, 0 from the cache; null where another origin keeps it to itself. */
export function sizeOf({ said }: Pick<RequestEvent, 'said'>): number | null {
  const [wire, body] = [numberOf(said.transferSize), numberOf(said.decodedSize)];
  if (said.cached === true) return wire ?? 0;
  return wire !== null && (wire > 0 || (body ?? 0) > 0) ? wire : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
