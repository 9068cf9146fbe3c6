import { REQUEST_KINDS, type RequestKindChoice } from '../../analysis/requests/requestKey.js';

import { TIMING_KINDS, type TimingKindName } from '../../analysis/timings/timingsOf.js';
import type { Choices } from '../address/choicesIn.js';

/** How tables of requests, actions and timings are narrowed and sorted. */
export interface Listing {
  /** Of each table that is not sorted as usual: `hosts:-bytes,requests:name`. */
  readonly order: string;
  /** Columns that are not shown: `requests:wait,hosts:p75`. */
  readonly hide: string;
  readonly kind: RequestKindChoice;
  /** Empty: of any host, or by any initiator. */
  readonly host: string;
  readonly initiator: string;
  /** Which timings are listed. */
  readonly timing: TimingChoice;
}

export type TimingChoice = 'all' | TimingKindName;
export const TIMING_CHOICES: readonly TimingChoice[] = ['all', ...TIMING_KINDS];

export const DEFAULT_LISTING: Listing = {
  order: '',
  hide: '',
  kind: 'all',
  host: '',
  initiator: '',
  timing: 'all',
};

export function readListing(parameters: URLSearchParams, choices: Choices): Listing {
  return {
    order: parameters.get('order') ?? '',
    hide: parameters.get('hide') ?? '',
    kind: choices.one('kind', REQUEST_KINDS, DEFAULT_LISTING.kind),
    host: parameters.get('host') ?? '',
    initiator: parameters.get('initiator') ?? '',
    timing: choices.one('timing', TIMING_CHOICES, DEFAULT_LISTING.timing),
  };
}

/** By the names of the parameters. */
export function writeListing({ order, hide, kind, host, initiator, timing }: Listing): {
  readonly [name in keyof Listing]: string;
} {
  return { order, hide, kind, host, initiator, timing };
}

/** How a table is sorted. */
export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** Null where the table is sorted as usual. */
export function sortIn(order: string, table: string): Sort | null {
  const [, text = ''] = partsOf(order).find(([name]) => name === table) ?? [];
  return text === '' ? null : { column: text.replace(/^-/, ''), descending: text.startsWith('-') };
}

export function withSort(order: string, table: string, { column, descending }: Sort): string {
  const others = partsOf(order).filter(([name]) => name !== table);
  const parts = [...others, [table, `${descending ? '-' : ''}${column}`]];
  return parts.map((part) => part.join(':')).join();
}

function partsOf(order: string): readonly (readonly string[])[] {
  return order === '' ? [] : order.split(',').map((part) => part.split(':'));
}

export function isHidden(hide: string, table: string, column: string): boolean {
  return hide.split(',').includes(`${table}:${column}`);
}

/** With a column hidden that was shown, or the other way round. */
export function withHidden(hide: string, table: string, column: string): string {
  const name = `${table}:${column}`;
  const others = hide.split(',').filter((known) => known !== '' && known !== name);
  return (isHidden(hide, table, column) ? others : [...others, name]).join();
}

/** Those of a table's columns that are shown; the first one, which names the row, always is. */
export function shownColumns<Column extends { readonly id: string }>(
  columns: readonly Column[],
  hide: string,
  table: string,
): readonly Column[] {
  return columns.filter(({ id }, place) => place === 0 || !isHidden(hide, table, id));
}
