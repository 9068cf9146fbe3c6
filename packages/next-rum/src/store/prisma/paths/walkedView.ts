import type { VisitedView } from '../../../analysis/paths/cutSessions.js';
import type { Filter, FilterDimension, ViewRange } from '../../store.js';
import type { Dialect } from '../dialect.js';
import { hasOneOf } from '../filters.js';
import { joinSql, type Sql, sql } from '../sql.js';

/** What all views of one visit have in common: a filter by it picks views, one by anything else is about the visit. */
const OF_VISITS: ReadonlySet<FilterDimension> = new Set([
  'country',
  'device',
  'browser',
  'os',
  'language',
  'environment',
  'user',
]);

/** For each filter that is about the visit a digit: 1 where the view has one of its values. */
export interface Meeting {
  readonly meets: string;
}

/** What of a view is needed to follow where its visitor went. */
export interface WalkedView extends VisitedView, Meeting {
  readonly route: string;
}

/** What {@link toWalkedView} takes. */
export function walkedTuple(dialect: Dialect, where: ViewRange['where']): Sql {
  return sql`id, started_at, visitor, route, ${meetsIn(dialect, where)}`;
}

export type WalkedTuple = readonly [
  id: string,
  startedAt: number,
  visitor: string,
  route: string,
  meets: string,
];

export function toWalkedView([id, startedAt, visitor, route, meets]: WalkedTuple): WalkedView {
  return { id, startedAt, visitor, route, meets };
}

/** The column of {@link Meeting}. */
export function meetsIn(dialect: Dialect, where: ViewRange['where']): Sql {
  const digits = aboutVisits(where).map(
    (filter) => sql`CASE WHEN ${hasOneOf(dialect, filter)} THEN '1' ELSE '0' END`,
  );
  return digits.length === 0 ? sql`''` : joinSql(digits, ' || ');
}

/** The filters that each view of a visit passes or none does. */
export function visitFilters({ where = [] }: ViewRange): readonly Filter[] {
  return where.filter(({ dimension }) => OF_VISITS.has(dimension));
}

/** Whether a session is one that the filters mean: some view has what is kept, none what is left out. */
export function isMeant(views: readonly Meeting[], where: ViewRange['where']): boolean {
  return aboutVisits(where).every(
    ({ keep }, place) => views.some(({ meets }) => meets[place] === '1') === keep,
  );
}

function aboutVisits(where: ViewRange['where'] = []): readonly Filter[] {
  return where.filter(({ dimension }) => !OF_VISITS.has(dimension));
}
