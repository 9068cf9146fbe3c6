import { errorTitle, fingerprintOf } from '../analysis/errors/fingerprintOf.js';
import type { ErrorDimension, ErrorGroup, ErrorValue } from '../store/errorStore.js';
import type { EventRow, ViewRow } from '../store/rows.js';
import type { ViewRange } from '../store/store.js';
import { holdsFor } from './countByHand.js';

interface Rows {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
}

/** An error event with what it says. */
interface SaidError extends EventRow {
  readonly fingerprint: string;
  readonly title: string;
  readonly count: number;
  readonly source: string | null;
  readonly view: ViewRow | undefined;
}

/** The errors that a question means, latest first. */
export function errorsOf({ views, events }: Rows, { from, to, where = [] }: ViewRange): readonly SaidError[] {
  const byId = new Map(views.map((view) => [view.id, view]));
  return events
    .filter(({ type, occurredAt }) => type === 'error' && occurredAt >= from && occurredAt < to)
    .map((event) => ({ ...event, ...said(event), view: byId.get(event.viewId) }))
    .filter(({ view }) => where.length === 0 || (view !== undefined && holdsFor(view, where)))
    .sort((a, b) => b.occurredAt - a.occurredAt || (a.id < b.id ? 1 : -1));
}

function said({ name, data }: EventRow) {
  const { message, stack, digest, count = 1, source = null } = JSON.parse(data ?? '{}');
  const error = { name, message, stack, digest };
  return { fingerprint: fingerprintOf(error), title: errorTitle(error), count: Number(count), source };
}

/** Groups in their order, with what can be counted exactly of each. */
export function groupsOf(rows: Rows, range: ViewRange, stepMs: number): readonly ErrorGroup[] {
  const errors = errorsOf(rows, range);
  const before = { app: range.app, from: range.from - 30 * 86_400_000, to: range.from };
  const known = new Set(errorsOf(rows, before).map(({ fingerprint }) => fingerprint));
  return [...new Set(errors.map(({ fingerprint }) => fingerprint))]
    .map((fingerprint) => {
      const alike = errors.filter((error) => error.fingerprint === fingerprint);
      const times = alike.map(({ occurredAt }) => occurredAt);
      const buckets = [...new Set(times.map((time) => time - (time % stepMs)))].sort((a, b) => a - b);
      return {
        fingerprint,
        events: sum(alike),
        firstSeen: Math.min(...times),
        lastSeen: Math.max(...times),
        isNew: !known.has(fingerprint),
        series: buckets.map((t) => ({
          t,
          n: sum(alike.filter(({ occurredAt }) => occurredAt - (occurredAt % stepMs) === t)),
        })),
        title: alike[0]?.title ?? null,
        name: alike[0]?.name ?? null,
        visitors: new Set(alike.map(({ visitor }) => visitor)).size,
        routes: new Set(alike.map(({ route }) => route)).size,
      };
    })
    .sort((a, b) => b.events - a.events || (a.fingerprint < b.fingerprint ? -1 : 1));
}

export function sum(errors: readonly { readonly count: number }[]): number {
  return errors.reduce((total, { count }) => total + count, 0);
}

/** Most events first, then by value. */
export function valuesOf(errors: readonly SaidError[], dimension: ErrorDimension): readonly ErrorValue[] {
  const toValue = (error: SaidError): string =>
    (dimension === 'route' || dimension === 'source' ? error[dimension] : error.view?.[dimension]) ?? '';
  return [...new Set(errors.map(toValue))]
    .map((value) => {
      const alike = errors.filter((error) => toValue(error) === value);
      return { value, events: sum(alike), visitors: new Set(alike.map(({ visitor }) => visitor)).size };
    })
    .sort((a, b) => b.events - a.events || (a.value < b.value ? -1 : 1));
}
