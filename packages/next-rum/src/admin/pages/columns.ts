import type { Column } from '../address/urlState.js';
import { VITALS } from '../vitals.js';

interface ColumnLabel {
  readonly short: string;
  readonly long: string;
}

const vitals = Object.fromEntries(
  VITALS.map(({ name, short, long }) => [name, { short, long: `${short} – ${long}` }]),
) as { readonly [column in Exclude<Column, 'views' | 'share'>]: ColumnLabel };

export const COLUMN_LABELS: { readonly [column in Column]: ColumnLabel } = {
  views: { short: 'Views', long: 'Views' },
  share: { short: 'Share', long: 'Share of the views listed' },
  ...vitals,
};
