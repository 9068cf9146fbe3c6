import { useSyncExternalStore } from 'react';
import { AUDIENCES, type Audience, RANGES, type RangeName } from '../server/api.js';

const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

export const ROUTE_COLUMNS = ['route', 'views', 'lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const;
type RouteColumn = (typeof ROUTE_COLUMNS)[number];

/** How the routes table is sorted. */
export interface RouteSort {
  readonly column: RouteColumn;
  readonly descending: boolean;
}

/** All that the viewer chose, so that a link shows another person the same. */
export interface UrlState {
  readonly range: RangeName;
  readonly audience: Audience;
  readonly theme: Theme;
  readonly sort: RouteSort;
}

const DEFAULT_STATE: UrlState = {
  range: '24h',
  audience: 'visitors',
  theme: 'auto',
  sort: { column: 'views', descending: true },
};

/** Reads the state out of a query string. What is missing or unknown is the default. */
export function parseUrlState(search: string): UrlState {
  const parameters = new URLSearchParams(search);
  const sort = parameters.get('sort') ?? '';
  const column = ROUTE_COLUMNS.find((name) => name === sort.replace(/^-/, ''));
  return {
    range: RANGES.find((name) => name === parameters.get('range')) ?? DEFAULT_STATE.range,
    audience: AUDIENCES.find((name) => name === parameters.get('audience')) ?? DEFAULT_STATE.audience,
    theme: THEMES.find((name) => name === parameters.get('theme')) ?? DEFAULT_STATE.theme,
    sort: column === undefined ? DEFAULT_STATE.sort : { column, descending: sort.startsWith('-') },
  };
}

/** The query string with `change` in it. Parameters that belong to others are kept, defaults left out. */
export function changeSearch(search: string, change: Partial<UrlState>): string {
  const parameters = new URLSearchParams(search);
  const written = { ...parseUrlState(search), ...change };
  setUnlessDefault(parameters, 'range', written.range, DEFAULT_STATE.range);
  setUnlessDefault(parameters, 'audience', written.audience, DEFAULT_STATE.audience);
  setUnlessDefault(parameters, 'theme', written.theme, DEFAULT_STATE.theme);
  setUnlessDefault(parameters, 'sort', writeSort(written.sort), writeSort(DEFAULT_STATE.sort));
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function setUnlessDefault(parameters: URLSearchParams, name: string, value: string, unset: string): void {
  if (value === unset) parameters.delete(name);
  else parameters.set(name, value);
}

function writeSort(sort: RouteSort): string {
  return `${sort.descending ? '-' : ''}${sort.column}`;
}

/**
 * The state in the address bar.
 *
 * @param initialSearch Query string of the request, so that the server renders what the browser will.
 */
export function useUrlState(initialSearch: string): UrlState {
  const search = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => initialSearch,
  );
  return parseUrlState(search);
}

/** Writes to the address bar. A new range or audience is a step that Back undoes; theme and sorting are not. */
export function changeUrlState(change: Partial<UrlState>): void {
  const { pathname, search, hash } = window.location;
  const url = `${pathname}${changeSearch(search, change)}${hash}`;
  const isStep = change.range !== undefined || change.audience !== undefined;
  if (isStep) window.history.pushState(null, '', url);
  else window.history.replaceState(null, '', url);
  for (const listener of listeners) listener();
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}
