import type { SeenViews } from './pathStore.js';

/** What views can be told apart by: columns of a view, which rollups count. */
export const COLUMN_DIMENSIONS = [
  'route',
  'release',
  'environment',
  'country',
  'device',
  'browser',
  'os',
  'connection',
  'language',
  'referrer',
] as const;
export type ColumnDimension = (typeof COLUMN_DIMENSIONS)[number];

/** The value of what is counted together: the rarest values of a rollup, and labels that the collector did not admit. */
export const OTHER = '(other)';

/** Campaign parameters of the address that a visit began with. */
export const CAMPAIGN_DIMENSIONS = [
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
] as const;
type CampaignDimension = (typeof CAMPAIGN_DIMENSIONS)[number];

/** What the application said of a view under a name of its own, which comes after the dot: `property.plan`. */
export type PropertyDimension = `property.${string}`;

/** What only single views tell: of a campaign, who the application says it was, and what else it said. */
type SaidDimension = CampaignDimension | 'user' | PropertyDimension;

/** What views can be filtered by. */
export type FilterDimension = ColumnDimension | SaidDimension;

/** Those that always have the same name. */
export const NAMED_DIMENSIONS: readonly Exclude<FilterDimension, PropertyDimension>[] = [
  ...COLUMN_DIMENSIONS,
  ...CAMPAIGN_DIMENSIONS,
  'user',
];

/**
 * Keeps views whose dimension has one of the values, or leaves them out. An empty value stands for views that have none, such as
 * a country that is not known.
 */
export interface Filter {
  readonly dimension: FilterDimension;
  readonly keep: boolean;
  readonly values: readonly string[];
}

const PROPERTY = 'property.';

export function propertyDimension(name: string): PropertyDimension {
  return `${PROPERTY}${name}`;
}

/** The name of the property that a dimension is; null where it is none. */
export function propertyOf(dimension: FilterDimension): string | null {
  return dimension.startsWith(PROPERTY) ? dimension.slice(PROPERTY.length) : null;
}

export function isColumn(dimension: FilterDimension): dimension is ColumnDimension {
  return COLUMN_DIMENSIONS.some((column) => column === dimension);
}

/** What is looked for in the latest views: values of a dimension, or names of properties. */
export type ValuesOf = FilterDimension | 'property';

/** What the latest views have. */
export interface LatestValues {
  /** Most views first. Empty: those that have none. */
  readonly values: readonly { readonly value: string; readonly views: number }[];
  /** Which views were looked at. */
  readonly told: SeenViews;
}
