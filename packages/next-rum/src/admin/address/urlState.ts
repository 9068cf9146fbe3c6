import type { VitalName } from '@rumkit/react-rum/protocol';
import {
  DEFAULT_QUESTION,
  InvalidParameter,
  type Question,
  readQuestion,
  writeQuestion,
} from '../../server/question.js';
import { DEFAULT_LISTING, type Listing, readListing, writeListing } from '../activity/listing.js';
import { PERCENTILES, type Percentile } from '../charts/percentiles.js';
import { DIMENSIONS, type Dimension } from '../dimensions.js';
import { DEFAULT_PATH_STATE, type PathState, readPathState, writePathState } from '../paths/pathState.js';
import { ZONES, type Zone } from '../timeFormat.js';
import { VITALS } from '../vitals.js';

const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

/** Columns of the routes table besides the route, in the order they are shown. */
export const COLUMNS = ['views', 'share', 'lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const;
export type Column = (typeof COLUMNS)[number];

/** How the routes table is sorted. */
export interface RouteSort {
  readonly column: Column | 'route';
  readonly descending: boolean;
}

/** Columns of the errors table. */
const ERROR_COLUMNS = ['title', 'events', 'visitors', 'routes', 'firstSeen', 'lastSeen'] as const;
export type ErrorColumn = (typeof ERROR_COLUMNS)[number];

/** How the errors table is sorted. */
export interface ErrorSort {
  readonly column: ErrorColumn;
  readonly descending: boolean;
}

/** Fewest views that a row of a breakdown must have to be shown in full. */
export const MINIMA = [1, 10, 30, 100, 1000] as const;
type Minimum = (typeof MINIMA)[number];

/** All that the viewer chose, so that a link shows another person the same. */
export interface UrlState {
  readonly question: Question;
  readonly zone: Zone;
  /** Whether figures stand still. */
  readonly paused: boolean;
  readonly theme: Theme;
  readonly sort: RouteSort;
  readonly columns: readonly Column[];
  readonly errorSort: ErrorSort;
  readonly listing: Listing;
  /** Which vital a route's page tells of in full. */
  readonly metric: VitalName;
  /** What a vital is broken down by. */
  readonly by: Dimension;
  readonly minimum: Minimum;
  readonly percentiles: readonly Percentile[];
  readonly paths: PathState;
  /** What of the address was not understood; empty where all was. */
  readonly problem: string;
}

export const DEFAULT_STATE: UrlState = {
  question: DEFAULT_QUESTION,
  zone: 'local',
  paused: false,
  theme: 'auto',
  sort: { column: 'views', descending: true },
  columns: COLUMNS,
  errorSort: { column: 'events', descending: true },
  listing: DEFAULT_LISTING,
  metric: 'lcp',
  by: 'device',
  minimum: 10,
  percentiles: ['p50', 'p75', 'p95'],
  paths: DEFAULT_PATH_STATE,
  problem: '',
};

/** Reads the state out of a query string. What is missing or unknown is the default. */
export function parseUrlState(search: string): UrlState {
  const parameters = new URLSearchParams(search);
  const sort = parameters.get('sort') ?? '';
  const column = (['route', ...COLUMNS] as const).find((name) => name === sort.replace(/^-/, ''));
  const errorSort = parameters.get('errors') ?? '';
  const errorColumn = ERROR_COLUMNS.find((name) => name === errorSort.replace(/^-/, ''));
  const minimum = parameters.get('min');
  return {
    ...readKnown(parameters),
    zone: pick(ZONES, parameters.get('tz')) ?? DEFAULT_STATE.zone,
    paused: parameters.has('paused'),
    theme: pick(THEMES, parameters.get('theme')) ?? DEFAULT_STATE.theme,
    sort: column === undefined ? DEFAULT_STATE.sort : { column, descending: sort.startsWith('-') },
    columns: readList(COLUMNS, parameters.get('columns')) ?? DEFAULT_STATE.columns,
    errorSort:
      errorColumn === undefined
        ? DEFAULT_STATE.errorSort
        : { column: errorColumn, descending: errorSort.startsWith('-') },
    listing: readListing(parameters),
    metric: VITALS.find(({ name }) => name === parameters.get('metric'))?.name ?? DEFAULT_STATE.metric,
    by: pick(DIMENSION_NAMES, parameters.get('by')) ?? DEFAULT_STATE.by,
    minimum: MINIMA.find((known) => String(known) === minimum) ?? DEFAULT_STATE.minimum,
    percentiles: readList(PERCENTILES, parameters.get('percentiles')) ?? DEFAULT_STATE.percentiles,
    paths: readPathState(parameters),
  };
}

/** The query string with `change` in it. Parameters that belong to others are kept, defaults left out. */
export function changeSearch(search: string, change: Partial<UrlState>): string {
  const parameters = new URLSearchParams(search);
  const state = { ...parseUrlState(search), ...change };
  const written = writeRest(state);
  const unset = writeRest(DEFAULT_STATE);
  const names = Object.keys(written) as (keyof typeof written)[];
  // Always in the same order, so that the same state has the same address.
  for (const name of names) parameters.delete(name);
  writeQuestion(state.question, parameters);
  for (const name of names) {
    if (written[name] !== unset[name]) parameters.set(name, written[name]);
  }
  // Both are allowed in a query as they are, and a link is read by people.
  const text = parameters
    .toString()
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%2F', '/')
    .replaceAll('%21', '!');
  return text === '' ? '' : `?${text}`;
}

function writeRest(state: UrlState) {
  return {
    tz: state.zone,
    paused: state.paused ? '1' : '',
    theme: state.theme,
    sort: `${state.sort.descending ? '-' : ''}${state.sort.column}`,
    columns: state.columns.join(),
    errors: `${state.errorSort.descending ? '-' : ''}${state.errorSort.column}`,
    ...writeListing(state.listing),
    metric: state.metric,
    by: state.by,
    min: String(state.minimum),
    percentiles: state.percentiles.join(),
    ...writePathState(state.paths),
  };
}

const DIMENSION_NAMES = DIMENSIONS.map(({ name }) => name);

/** The question, without what of it cannot be understood: half a link is better than none, as long as it is said. */
function readKnown(parameters: URLSearchParams): Pick<UrlState, 'question' | 'problem'> {
  const known = new URLSearchParams(parameters);
  let problem = '';
  for (;;) {
    try {
      return { question: readQuestion(known), problem };
    } catch (error) {
      if (!(error instanceof InvalidParameter)) throw error;
      problem ||= error.message;
      const { parameter } = error;
      for (const name of parameter === 'from' || parameter === 'to' ? ['from', 'to'] : [parameter]) {
        known.delete(name);
      }
    }
  }
}

function pick<T extends string>(choices: readonly T[], given: string | null): T | undefined {
  return choices.find((choice) => choice === given);
}

/** Those of `choices` that are named, in their own order; undefined where none is. */
function readList<T extends string>(choices: readonly T[], given: string | null): readonly T[] | undefined {
  const named = given?.split(',') ?? [];
  const list = choices.filter((choice) => named.includes(choice));
  return list.length === 0 ? undefined : list;
}
