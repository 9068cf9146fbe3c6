import type { RollupRow } from '../../rollup/cells.js';
import type { Segment } from '../../rollup/planRange.js';
import { type Column, toColumns } from '../tables.js';

interface Columns {
  readonly columns: readonly Column[];
}

/** A minute of an app that has new rows. */
export interface TouchedMinute {
  readonly app: string;
  readonly bucket: number;
}

/** A mark as it was seen: it goes only if nobody has renewed it since. */
export interface Mark {
  readonly bucket: number;
  readonly writer: string;
  readonly seq: number;
}

export const SEGMENTS: Columns = {
  columns: toColumns<Segment>({ source: 'text', begins: 'bigint', ends: 'bigint' }),
};

export const TOUCHED_MINUTES: Columns = {
  columns: toColumns<TouchedMinute>({ app: 'text', bucket: 'bigint' }),
};

export const ROW_KEYS: Columns = {
  columns: toColumns<{ readonly app: string; readonly id: string }>({ app: 'text', id: 'text' }),
};

export const MARKS: Columns = {
  columns: toColumns<Mark>({ bucket: 'bigint', writer: 'text', seq: 'bigint' }),
};

export const BUCKETS: Columns = {
  columns: toColumns<{ readonly bucket: number }>({ bucket: 'bigint' }),
};

export const NAMES: Columns = {
  columns: toColumns<{ readonly name: string }>({ name: 'text' }),
};

export const ROLLUP_ROWS: Columns = {
  columns: toColumns<RollupRow>({
    app: 'text',
    grain: 'text',
    dimension: 'text',
    bucket: 'bigint',
    value: 'text',
    n: 'bigint',
    sketch: 'text',
  }),
};
