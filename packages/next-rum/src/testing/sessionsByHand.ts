import { rateVital } from '../analysis/rating.js';
import type { SessionNeeds, SessionSummary } from '../store/pathStore.js';
import { type EventRow, VITAL_NAMES, type ViewRow } from '../store/rows.js';
import type { Filter, ViewRange } from '../store/store.js';
import { valueHeld } from './countByHand.js';

const SILENCE = 30 * 60_000;

interface Rows {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
}

/** A session by its definition: the views of a visitor from one that begins a session to the next that does. */
export function sessionsOf(
  views: readonly ViewRow[],
  { from, to, where = [] }: ViewRange,
): readonly (readonly ViewRow[])[] {
  const ofVisits = where.filter(({ dimension }) => !PICKS_VIEWS.has(dimension));
  const others = where.filter(({ dimension }) => PICKS_VIEWS.has(dimension));
  const seen = views
    .filter((view) => view.startedAt < to && others.every((filter) => holds(view, filter)))
    .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
  const begins = seen.filter(
    (view, place) =>
      !seen
        .slice(0, place)
        .some(({ visitor, startedAt }) => visitor === view.visitor && view.startedAt - startedAt < SILENCE),
  );
  return begins
    .filter(({ startedAt }) => startedAt >= from)
    .map((first) => {
      const next = begins.find(
        ({ visitor, startedAt }) => visitor === first.visitor && startedAt > first.startedAt,
      );
      const start = seen.indexOf(first);
      const end = next === undefined ? seen.length : seen.indexOf(next);
      return seen.slice(start, end).filter(({ visitor }) => visitor === first.visitor);
    })
    .filter((session) =>
      ofVisits.every((filter) =>
        filter.keep
          ? session.some((view) => holds(view, filter))
          : session.every((view) => holds(view, filter)),
      ),
    );
}

const PICKS_VIEWS: ReadonlySet<string> = new Set([
  'country',
  'device',
  'browser',
  'os',
  'language',
  'environment',
  'user',
]);

function holds(view: ViewRow, { dimension, keep, values }: Filter): boolean {
  return values.includes(valueHeld(view, dimension)) === keep;
}

/** Latest first. */
export function summariesByHand(
  rows: Rows,
  range: ViewRange,
  needs: SessionNeeds,
): readonly SessionSummary[] {
  return sessionsOf(rows.views, range)
    .map((views) => summaryOf(views, rows.events, range))
    .filter(
      ({ errors, frustrations, views, worst }) =>
        (!needs.errors || errors > 0) &&
        (!needs.frustrations || frustrations > 0) &&
        (!needs.slow || worst?.rating === 'poor') &&
        views >= needs.views,
    )
    .reverse();
}

export function summaryOf(
  views: readonly ViewRow[],
  events: readonly EventRow[],
  { from, to }: Pick<ViewRange, 'from' | 'to'>,
): SessionSummary {
  const [first] = views;
  const last = views.at(-1);
  if (first === undefined || last === undefined) throw new Error('a session without a view');
  const own = events.filter(
    ({ viewId, occurredAt }) =>
      occurredAt >= from && occurredAt < to && views.some(({ id }) => id === viewId),
  );
  const vitals = views.flatMap((view) =>
    VITAL_NAMES.flatMap((name) => {
      const value = view[name];
      const isUnasked = name === 'ttfb' && ['client', 'back-forward-cache'].includes(view.navigationType);
      return value === null || isUnasked ? [] : [{ name, value, rating: rateVital(name, value) }];
    }),
  );
  const poor = { lcp: 4000, inp: 500, cls: 0.25, fcp: 3000, ttfb: 1800 };
  const ranks = ['good', 'needsImprovement', 'poor'];
  const [worst = null] = vitals.sort(
    (a, b) =>
      ranks.indexOf(b.rating) - ranks.indexOf(a.rating) || b.value / poor[b.name] - a.value / poor[a.name],
  );
  const ends = views.map(({ startedAt, duration }) => startedAt + (duration ?? 0));
  return {
    id: first.id,
    startedAt: first.startedAt,
    duration: Math.round(Math.max(...ends) - first.startedAt),
    views: views.length,
    entry: first.route,
    exit: last.route,
    country: first.country,
    device: first.device,
    browser: first.browser,
    os: first.os,
    errors: own.filter(({ type }) => type === 'error').length,
    frustrations: own.filter(
      ({ type, data }) => type === 'action' && (JSON.parse(data ?? '{}').frustrations ?? []).length > 0,
    ).length,
    worst,
    userId: views.map(({ userId }) => userId).findLast((id) => id !== null) ?? null,
    sample: first.sample,
  };
}
