import { countryName } from '../analysis/insights/figureText.js';
import {
  CAMPAIGN_DIMENSIONS,
  type ColumnDimension,
  type FilterDimension,
  propertyOf,
} from '../server/question.js';

/** What views can be told apart by. */
export type Dimension = ColumnDimension;

const LABELS: { readonly [dimension in Dimension]: string } = {
  route: 'Route',
  country: 'Country',
  device: 'Device',
  browser: 'Browser',
  os: 'Operating system',
  connection: 'Connection',
  language: 'Language',
  referrer: 'Referrer',
  release: 'Release',
  environment: 'Environment',
};

/** What views can be told apart by, in the order they are offered. */
export const DIMENSIONS: readonly { readonly name: Dimension; readonly label: string }[] = (
  Object.keys(LABELS) as Dimension[]
).map((name) => ({ name, label: LABELS[name] }));

/** What else they can be filtered by, besides custom properties. */
export const SAID_DIMENSIONS: readonly { readonly name: FilterDimension; readonly label: string }[] = [
  ...CAMPAIGN_DIMENSIONS.map((name) => ({ name, label: name.replace('utm_', 'UTM ') })),
  { name: 'user', label: 'User' },
];

export function dimensionLabel(dimension: FilterDimension): string {
  const name = propertyOf(dimension);
  if (name !== null) return name;
  return [...DIMENSIONS, ...SAID_DIMENSIONS].find((known) => known.name === dimension)?.label ?? dimension;
}

/** A stored value in words: `(none)` for views that have none, countries by their names. */
export function valueLabel(dimension: FilterDimension, value: string): string {
  if (value === '') return '(none)';
  return dimension === 'country' ? countryName(value) : value;
}
