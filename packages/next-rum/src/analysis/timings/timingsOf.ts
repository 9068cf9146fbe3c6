import { type Durations, durationsOf } from '../durations.js';

/** A duration that the app or a library told, or a long task. */
export interface TimingEvent {
  readonly type: string;
  readonly name: string;
  readonly route: string;
  readonly viewId: string;
  readonly visitor: string;
  /** ms */
  readonly duration: number | null;
  /** The fields that only events of this type have, docs/protocol.md. */
  readonly said: { readonly [field: string]: unknown };
}

/** What a timing is of: those of the protocol, and long tasks. */
export const TIMING_KINDS = [
  'render',
  'query',
  'custom',
  'measure',
  'mark',
  'visible',
  'form',
  'longtask',
] as const;
export type TimingKindName = (typeof TIMING_KINDS)[number];

/** Timings that are alike. */
export interface TimingRow {
  readonly kind: TimingKindName;
  readonly name: string;
  /** Of renders `mount` or `update`, of queries `query` or `mutation`; else empty. */
  readonly part: string;
  readonly route: string;
  /** How often it happened: an event may tell of several updates, or of several answers from the cache. */
  readonly times: number;
  /** Of one time; where an event tells of several together, of one of them on average. */
  readonly duration: Durations;
  /** All together, ms. */
  readonly total: number;
  /** Of long tasks: in which the page could not answer, ms. */
  readonly blocked: number;
  /** Of queries. */
  readonly failed: number;
  readonly cancelled: number;
  /** Of queries: served from the cache without asking. */
  readonly cacheHits: number;
  readonly views: number;
  readonly visitors: number;
}

export interface Timings {
  /** How many events of each kind, most first. */
  readonly kinds: readonly { readonly kind: TimingKindName; readonly n: number }[];
  /** Most time first. */
  readonly rows: readonly TimingRow[];
}

interface Group extends Pick<TimingRow, 'kind' | 'name' | 'part' | 'route'> {
  readonly events: TimingEvent[];
}

/** Adds up timings by what and where they are. */
export function timingsOf(events: readonly TimingEvent[], only: TimingKindName | null): Timings {
  const groups = new Map<string, Group>();
  const kinds = new Map<TimingKindName, number>();
  for (const event of events) {
    const kind = kindOf(event);
    if (kind === null) continue;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (only !== null && kind !== only) continue;
    const { name, route } = event;
    const part = partOf(kind, event);
    const id = JSON.stringify([kind, name, part, route]);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { kind, name, part, route, events: [event] });
    else group.events.push(event);
  }
  const order = ({ name, route, part }: TimingRow): string => `${name}\n${route}\n${part}`;
  return {
    kinds: [...kinds]
      .map(([kind, n]) => ({ kind, n }))
      .sort((a, b) => b.n - a.n || (a.kind < b.kind ? -1 : 1)),
    rows: [...groups.values()].map(rowOf).sort((a, b) => b.total - a.total || (order(a) < order(b) ? -1 : 1)),
  };
}

function rowOf({ events, ...group }: Group): TimingRow {
  const durations: number[] = [];
  let [times, total, blocked, failed, cancelled, cacheHits] = [0, 0, 0, 0, 0, 0];
  for (const { duration, said } of events) {
    const properties = propertiesOf(said);
    const count = countOf(properties.count) || 1;
    times += count;
    blocked += countOf(said.blockingDuration);
    if (properties.status === 'error') failed += 1;
    if (properties.status === 'cancelled') cancelled += 1;
    // Told together and without a duration: nothing was fetched.
    if (properties.cacheHit === true && properties.count !== undefined) {
      cacheHits += count;
      continue;
    }
    if (duration === null) continue;
    durations.push(duration / count);
    total += duration;
  }
  return {
    ...group,
    times,
    duration: durationsOf(durations),
    total,
    blocked,
    failed,
    cancelled,
    cacheHits,
    views: new Set(events.map(({ viewId }) => viewId)).size,
    visitors: new Set(events.map(({ visitor }) => visitor)).size,
  };
}

function kindOf({ type, said }: TimingEvent): TimingKindName | null {
  if (type === 'longtask') return 'longtask';
  return TIMING_KINDS.find((kind) => kind === said.kind && kind !== 'longtask') ?? null;
}

function partOf(kind: TimingKindName, { said }: TimingEvent): string {
  const { phase, operation } = propertiesOf(said);
  const part = kind === 'render' ? phase : kind === 'query' ? operation : '';
  return typeof part === 'string' ? part : '';
}

function propertiesOf(said: TimingEvent['said']): { readonly [name: string]: unknown } {
  const { properties } = said;
  return typeof properties === 'object' && properties !== null ? { ...properties } : {};
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
