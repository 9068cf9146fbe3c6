import { countryName } from '../analysis/insights/figureText.js';
import type { Filter } from '../server/question.js';

export type Dimension = Filter['dimension'];

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

export function dimensionLabel(dimension: Dimension): string {
  return LABELS[dimension];
}

/** A stored value in words: `(none)` for views that have none, countries by their names. */
export function valueLabel(dimension: Dimension, value: string): string {
  if (value === '') return '(none)';
  return dimension === 'country' ? countryName(value) : value;
}
