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
import { type Choices, choicesIn } from './choicesIn.js';

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
  const choices = choicesIn(parameters);
  const { question, problems } = readKnown(parameters);
  const state = {
    question,
    zone: choices.one('tz', ZONES, DEFAULT_STATE.zone),
    paused: parameters.has('paused'),
    theme: choices.one('theme', THEMES, DEFAULT_STATE.theme),
    sort: choices.sort('sort', ['route', ...COLUMNS], DEFAULT_STATE.sort),
    columns: choices.some('columns', COLUMNS, DEFAULT_STATE.columns),
    errorSort: choices.sort('errors', ERROR_COLUMNS, DEFAULT_STATE.errorSort),
    listing: readListing(parameters, choices),
    metric: choices.one('metric', VITAL_NAMES, DEFAULT_STATE.metric),
    by: choices.one('by', DIMENSION_NAMES, DEFAULT_STATE.by),
    minimum: choices.one('min', MINIMA, DEFAULT_STATE.minimum),
    percentiles: choices.some('percentiles', PERCENTILES, DEFAULT_STATE.percentiles),
    paths: readPathState(parameters, choices),
  };
  return { ...state, problem: [...problems, ...choices.problems].join('; ') };
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
const VITAL_NAMES = VITALS.map(({ name }) => name);

/** The question, without what of it cannot be understood: half a link is better than none, as long as it is said. */
function readKnown(parameters: URLSearchParams): Pick<UrlState, 'question'> & Pick<Choices, 'problems'> {
  const known = new URLSearchParams(parameters);
  const problems: string[] = [];
  for (;;) {
    try {
      return { question: readQuestion(known), problems };
    } catch (error) {
      if (!(error instanceof InvalidParameter)) throw error;
      problems.push(error.message);
      const { parameter } = error;
      for (const name of parameter === 'from' || parameter === 'to' ? ['from', 'to'] : [parameter]) {
        known.delete(name);
      }
    }
  }
}
