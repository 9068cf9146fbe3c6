import type { VitalName } from '@rumkit/react-rum/protocol';
import type { VisitedView } from '../../../analysis/paths/cutSessions.js';
import { type Rating, rateVital } from '../../../analysis/rating.js';
import { COLUMN_DIMENSIONS, type ColumnDimension } from '../../filters.js';
import { type DeviceKind, VITAL_NAMES, type ViewRow } from '../../rows.js';
import { isRow } from '../isRow.js';
import { type Millionths, RATED_VITALS, vitalsIn } from '../rollup/countedViews.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { NAMES } from '../rollup/rollupTables.js';
import { constantSql, type Sql, sql } from '../sql.js';

/** A vital of one view. */
export interface RatedVital {
  readonly value: number;
  readonly rating: Rating;
}

/** What of a view is needed to follow its visitor. */
export interface SeenView extends VisitedView {
  readonly navigationType: string;
  /** ms */
  readonly duration: number | null;
  readonly sample: boolean;
  readonly userId: string | null;
  /** Empty where the view has none. */
  readonly values: { readonly [dimension in ColumnDimension]: string };
  readonly device: DeviceKind;
  /** Those that count, see `vitalValue`. */
  readonly vitals: { readonly [name in VitalName]: RatedVital | null };
}

/** Columns of rum_view that {@link SEEN_TUPLE} is made of. */
export const SEEN_COLUMNS: Sql = constantSql(
  `id, started_at, visitor, navigation_type, duration, sample, user_id, ${[...COLUMN_DIMENSIONS, ...VITAL_NAMES].join(', ')}`,
);

/** What {@link toSeenView} takes. */
export const SEEN_TUPLE: Sql = sql`id, started_at, visitor, navigation_type, duration, CASE WHEN sample THEN 1 ELSE 0 END, user_id,
  ${constantSql(COLUMN_DIMENSIONS.join(', '))}, ${RATED_VITALS}`;

export type SeenTuple = readonly [
  id: string,
  startedAt: number,
  visitor: string,
  navigationType: string,
  duration: number | null,
  sample: 0 | 1,
  userId: string | null,
  ...rest: (string | number | Millionths | null)[],
];

/** By the digit that is read. */
export const RATINGS: readonly Rating[] = ['good', 'needsImprovement', 'poor'];

export function toSeenView([
  id,
  startedAt,
  visitor,
  navigationType,
  duration,
  sample,
  userId,
  ...rest
]: SeenTuple): SeenView {
  const values = Object.fromEntries(
    COLUMN_DIMENSIONS.map((dimension, index) => [dimension, String(rest[index] ?? '')]),
  ) as SeenView['values'];
  const [ratings, ...vitals] = rest.slice(COLUMN_DIMENSIONS.length);
  return {
    id,
    startedAt,
    visitor,
    navigationType,
    duration,
    sample: sample === 1,
    userId,
    values,
    device: values.device as DeviceKind,
    vitals: ratedVitals(Number(ratings), vitalsIn(vitals as (Millionths | null)[])),
  };
}

/** Views of one statement. */
const CHUNK = 1000;

/** Views by their ids, of those that are still there. */
export async function readSeenViews(
  { client, dialect }: Source,
  app: string,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, SeenView>> {
  const names = [...new Set(ids)].map((name) => ({ name }));
  const views = new Map<string, SeenView>();
  for (let start = 0; start < names.length; start += CHUNK) {
    const chunk = dialect.rowsOf(NAMES, names.slice(start, start + CHUNK));
    const found = dialect.searchEach(chunk, sql`rum_view`, isRow(app, sql`name`));
    for (const row of await queryList<SeenTuple>(client, dialect, SEEN_TUPLE, found)) {
      views.set(row[0], toSeenView(row));
    }
  }
  return views;
}

/** The same of a whole row. */
export function seenViewOf(row: ViewRow): SeenView {
  const { id, startedAt, visitor, navigationType, duration, sample, userId, device } = row;
  const values = Object.fromEntries(COLUMN_DIMENSIONS.map((dimension) => [dimension, row[dimension] ?? '']));
  const vitals = VITAL_NAMES.map((name) => {
    const value = name === 'ttfb' && WITHOUT_REQUEST.has(navigationType) ? null : row[name];
    return [name, value === null ? null : { value, rating: rateVital(name, value) }];
  });
  return {
    id,
    startedAt,
    visitor,
    navigationType,
    duration,
    sample,
    userId,
    values: values as SeenView['values'],
    device,
    vitals: Object.fromEntries(vitals) as SeenView['vitals'],
  };
}

/** Views of these waited for no server, see `vitalValue`. */
const WITHOUT_REQUEST: ReadonlySet<string> = new Set(['client', 'back-forward-cache']);

/** @param ratings Digits to the base 3, the first vital's the lowest. */
function ratedVitals(ratings: number, vitals: readonly (number | null)[]): SeenView['vitals'] {
  let rest = ratings;
  const rated = VITAL_NAMES.map((name, index) => {
    const rating = RATINGS[rest % 3] ?? 'good';
    rest = Math.floor(rest / 3);
    const value = vitals[index] ?? null;
    return [name, value === null ? null : { value, rating }];
  });
  return Object.fromEntries(rated) as SeenView['vitals'];
}
