import type { VitalName } from '@rumkit/react-rum/protocol';
import { VITAL_NAMES } from '../store/rows.js';
import type { ColumnDimension } from '../store/store.js';
import { InvalidParameter, type Question, readQuestion } from './question.js';

/** What a panel of a board can tell of. */
export type PanelMetric = 'views' | 'sessions' | 'errors' | VitalName;
export const PANEL_METRICS: readonly PanelMetric[] = ['views', 'sessions', 'errors', ...VITAL_NAMES];

/** How it can tell it. */
export const PANEL_CHARTS = ['number', 'line', 'bars', 'table', 'histogram'] as const;
export type PanelChart = (typeof PANEL_CHARTS)[number];

/** Columns of a board that a panel takes, of three. */
export const PANEL_WIDTHS = [1, 2, 3] as const;
type PanelWidth = (typeof PANEL_WIDTHS)[number];

/** What one panel asks. */
export interface PanelQuestion {
  readonly metric: PanelMetric;
  /** Null: of all views together. */
  readonly dimension: ColumnDimension | null;
  readonly chart: PanelChart;
}

/** A panel as it is kept. */
export interface BoardPanel extends PanelQuestion {
  /** Of its board. */
  readonly id: string;
  /** Empty: says what it asks. */
  readonly title: string;
  readonly width: PanelWidth;
  /** As in an address, `country:DE`; of a dimension that the board is filtered by too, these hold instead. */
  readonly filters: readonly string[];
}

/** Most panels of a board. */
export const MAX_PANELS = 24;
/** Most boards of an app. */
export const MAX_BOARDS = 100;
/** Longest name of anything that is saved, in UTF-16 code units. */
export const MAX_NAME = 80;
/** Longest note, likewise. */
export const MAX_NOTE = 300;

/** How a metric can be drawn, over all or by a dimension; the first one is the usual. Empty where it cannot be asked. */
export function chartsOf(metric: PanelMetric, dimension: ColumnDimension | null): readonly PanelChart[] {
  if (dimension !== null) return metric === 'sessions' || metric === 'errors' ? [] : ['bars', 'table'];
  return isVital(metric) ? ['line', 'number', 'histogram'] : ['line', 'number'];
}

export function isVital(metric: PanelMetric): metric is VitalName {
  return VITAL_NAMES.some((name) => name === metric);
}

/**
 * What a panel asks on a board that is about `question`.
 *
 * @throws {InvalidParameter} Where its filters are none.
 */
export function narrowQuestion(question: Question, filters: readonly string[]): Question {
  const own = readQuestion(
    new URLSearchParams(filters.map((filter): [string, string] => ['filter', filter])),
  );
  const spokenOf = new Set(own.filters.map(({ dimension }) => dimension));
  return {
    ...question,
    filters: [...question.filters.filter(({ dimension }) => !spokenOf.has(dimension)), ...own.filters],
  };
}

/** Whether a question names users, which whoever has a link is not to learn. */
export function namesUsers({ filters }: Pick<Question, 'filters'>): boolean {
  return filters.some(({ dimension }) => dimension === 'user');
}

/** A path below the admin's own page: segments that are neither empty nor dots, so that it leads nowhere else. */
const PAGE = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~!$&'()*+,;=:@%-]+)*$/;
const MAX_PAGE = 1000;
const MAX_SEARCH = 8000;

/**
 * Checks a page of the admin with what is asked on it.
 *
 * @throws {InvalidParameter}
 */
export function checkPlace(page: string, search: string): void {
  if (page.length > MAX_PAGE || !PAGE.test(page)) {
    throw new InvalidParameter('page', 'page must be a path below the admin’s own, such as /vitals/lcp');
  }
  if (search.length > MAX_SEARCH) {
    throw new InvalidParameter('search', `search may have at most ${MAX_SEARCH} characters`);
  }
  readQuestion(new URLSearchParams(search));
}
