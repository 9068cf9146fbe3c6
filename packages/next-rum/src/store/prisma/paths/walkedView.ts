import type { VisitedView } from '../../../analysis/paths/cutSessions.js';
import type { FilterDimension, ViewRange } from '../../store.js';
import { constantSql, type Sql } from '../sql.js';

/** What views of one visit can differ in: a filter by it is about the visit, not about single views. */
type OfSingleViews = Extract<FilterDimension, 'route' | 'referrer' | 'release' | 'connection'>;
const OF_SINGLE_VIEWS: readonly OfSingleViews[] = ['route', 'referrer', 'release', 'connection'];

/** What of a view is needed to follow where its visitor went. */
export interface WalkedView extends VisitedView {
  /** Empty where the view has none. */
  readonly values: { readonly [dimension in OfSingleViews]: string };
}

/** What {@link toWalkedView} takes. */
export const WALKED_TUPLE: Sql = constantSql(`id, started_at, visitor, ${OF_SINGLE_VIEWS.join(', ')}`);

export type WalkedTuple = readonly [
  id: string,
  startedAt: number,
  visitor: string,
  route: string,
  referrer: string | null,
  release: string | null,
  connection: string | null,
];

export function toWalkedView([
  id,
  startedAt,
  visitor,
  route,
  referrer,
  release,
  connection,
]: WalkedTuple): WalkedView {
  const values = {
    route,
    referrer: referrer ?? '',
    release: release ?? '',
    connection: connection ?? '',
  };
  return { id, startedAt, visitor, values };
}

/** The filters that each view of a visit passes or none does. */
export function visitFilters({ where = [] }: ViewRange): NonNullable<ViewRange['where']> {
  return where.filter(({ dimension }) => !isOfSingleViews(dimension));
}

/** Whether a session is one that the filters mean: some view has what is kept, none what is left out. */
export function isMeant(
  views: readonly Pick<WalkedView, 'values'>[],
  where: ViewRange['where'] = [],
): boolean {
  return where.every(({ dimension, keep, values }) => {
    if (!isOfSingleViews(dimension)) return true;
    return views.some((view) => values.includes(view.values[dimension])) === keep;
  });
}

function isOfSingleViews(dimension: FilterDimension): dimension is OfSingleViews {
  return OF_SINGLE_VIEWS.some((known) => known === dimension);
}
