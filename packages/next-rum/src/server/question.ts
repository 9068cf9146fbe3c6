import {
  type Filter,
  type FilterDimension,
  NAMED_DIMENSIONS,
  propertyDimension,
  propertyOf,
} from '../store/filters.js';

export {
  CAMPAIGN_DIMENSIONS,
  type ColumnDimension,
  propertyDimension,
  propertyOf,
} from '../store/filters.js';
export type { Filter, FilterDimension };

/** Spans of time the admin can ask for by name, ending now. */
export const RANGES = ['1h', '24h', '7d', '30d'] as const;
export type RangeName = (typeof RANGES)[number];

/**
 * Whose views the admin can ask for. `bots`: those of crawlers and driven browsers, which are kept apart. `admin`: those of whoever
 * uses the admin, where it measures itself.
 */
export const AUDIENCES = ['visitors', 'bots', 'admin'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What an answer is set against: nothing, the span right before, or the same span a week earlier (same weekdays). */
export const COMPARISONS = ['none', 'previous', 'week'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Half-open, epoch ms: `from <= t < to`. */
export interface CustomRange {
  readonly from: number;
  readonly to: number;
}

/** What of the stored views every data route of the admin is asked about, and all that a link to the admin has to say of it. */
export interface Question {
  readonly range: RangeName | CustomRange;
  readonly compare: Comparison;
  readonly audience: Audience;
  /** At most one a dimension and `keep`; all of them must hold. */
  readonly filters: readonly Filter[];
}

export const DEFAULT_QUESTION: Question = {
  range: '24h',
  compare: 'none',
  audience: 'visitors',
  filters: [],
};

/** Longest span that can be asked for, ms: as long as days are kept. */
export const MAX_SPAN: number = 396 * 86_400_000;
/** Shortest span that can be asked for, ms. */
export const MIN_SPAN = 60_000;
/** Most filter values of one question: as many as one statement takes without a thought. */
export const MAX_FILTER_VALUES = 50;
/** Longest value of a filter, and longest name of a property, in UTF-16 code units: no stored label is longer. */
export const MAX_FILTER_LENGTH = 512;
/** Longest filter with its dimension, as an address has it. */
export const MAX_FILTER_TEXT: number = 4 * MAX_FILTER_LENGTH;

/** `9 days`, `5 hours` or `hour` of whole hours, ms. */
export function spanWords(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  if (hours >= 48 && hours % 24 === 0) return `${hours / 24} days`;
  return hours <= 1 ? 'hour' : `${hours} hours`;
}

/** Names of the parameters that {@link readQuestion} reads. */
const QUESTION_PARAMETERS = ['range', 'from', 'to', 'compare', 'audience', 'filter'] as const;

/** A parameter that has none of the values on offer. */
export class InvalidParameter extends Error {
  override readonly name = 'InvalidParameter';
  readonly parameter: string;
  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}

/**
 * Reads a question out of a query string: `range=7d` or `from=…&to=…` (epoch ms), `compare=previous`, `audience=bots`, and any
 * number of `filter=country:DE`, `filter=!browser:Firefox` and `filter=property.plan:pro`. What is not there is as in
 * {@link DEFAULT_QUESTION}.
 *
 * @throws {InvalidParameter} Naming the parameter and what it may be.
 *
 * @example
 * ```ts
 * readQuestion(new URLSearchParams('range=7d&filter=country:DE&filter=country:AT'));
 * // { range: '7d', compare: 'none', audience: 'visitors',
 * //   filters: [{ dimension: 'country', keep: true, values: ['DE', 'AT'] }] }
 * ```
 */
export function readQuestion(parameters: URLSearchParams): Question {
  return {
    range: readRange(parameters),
    compare: readChoice(parameters, 'compare', COMPARISONS, DEFAULT_QUESTION.compare),
    audience: readChoice(parameters, 'audience', AUDIENCES, DEFAULT_QUESTION.audience),
    filters: readFilters(parameters.getAll('filter')),
  };
}

/** Writes what {@link readQuestion} reads into `parameters`; defaults are left out, other parameters stay. */
export function writeQuestion(question: Question, parameters: URLSearchParams): void {
  for (const name of QUESTION_PARAMETERS) parameters.delete(name);
  const { range, compare, audience, filters } = question;
  if (typeof range !== 'string') {
    parameters.set('from', String(range.from));
    parameters.set('to', String(range.to));
  } else if (range !== DEFAULT_QUESTION.range) parameters.set('range', range);
  if (compare !== DEFAULT_QUESTION.compare) parameters.set('compare', compare);
  if (audience !== DEFAULT_QUESTION.audience) parameters.set('audience', audience);
  for (const { dimension, keep, values } of filters) {
    for (const value of values)
      parameters.append('filter', `${keep ? '' : '!'}${writeDimension(dimension)}:${value}`);
  }
}

/**
 * What `parameters` say of `name`, `unset` where they say nothing.
 *
 * @throws {InvalidParameter} Where it is not one of `choices`.
 */
export function readChoice<T extends string>(
  parameters: URLSearchParams,
  name: string,
  choices: readonly T[],
  unset: T,
): T {
  const given = parameters.get(name) ?? unset;
  const choice = choices.find((known) => known === given);
  if (choice === undefined) throw new InvalidParameter(name, `${name} must be one of ${choices.join(', ')}`);
  return choice;
}

function readRange(parameters: URLSearchParams): Question['range'] {
  if (!parameters.has('from') && !parameters.has('to')) {
    return readChoice(parameters, 'range', RANGES, '24h');
  }
  if (parameters.has('range')) {
    throw new InvalidParameter('range', 'range cannot be given together with from and to');
  }
  const [from, to] = [readTime(parameters, 'from'), readTime(parameters, 'to')];
  if (to - from < MIN_SPAN) throw new InvalidParameter('to', 'to must be at least a minute after from');
  if (to - from > MAX_SPAN) {
    throw new InvalidParameter('from', `from must be at most ${MAX_SPAN / 86_400_000} days before to`);
  }
  return { from, to };
}

/** The last moment a Date can hold, https://tc39.es/ecma262/#sec-time-values-and-time-range. */
const LAST_TIME = 8.64e15;

function readTime(parameters: URLSearchParams, name: string): number {
  const text = parameters.get(name) ?? '';
  const time = Number(text);
  if (!/^\d{1,16}$/.test(text) || time > LAST_TIME) {
    throw new InvalidParameter(name, `${name} must be a time in epoch milliseconds, such as 1764000000000`);
  }
  return time;
}

function readFilters(texts: readonly string[]): readonly Filter[] {
  if (texts.length > MAX_FILTER_VALUES) {
    throw new InvalidParameter('filter', `filter may be given at most ${MAX_FILTER_VALUES} times`);
  }
  const filters: (Filter & { readonly values: string[] })[] = [];
  for (const text of texts) {
    const { dimension, keep, value } = readFilter(text);
    const known = filters.find((filter) => filter.dimension === dimension && filter.keep === keep);
    if (known === undefined) filters.push({ dimension, keep, values: [value] });
    else if (!known.values.includes(value)) known.values.push(value);
  }
  return filters;
}

function readFilter(text: string): {
  readonly dimension: FilterDimension;
  readonly keep: boolean;
  readonly value: string;
} {
  const keep = !text.startsWith('!');
  const colon = text.indexOf(':');
  const name = text.slice(keep ? 0 : 1, Math.max(colon, 0));
  const dimension = readDimension(name, 'filter');
  const value = text.slice(colon + 1);
  if (value.length > MAX_FILTER_LENGTH) {
    throw new InvalidParameter(
      'filter',
      `the value of a filter may have at most ${MAX_FILTER_LENGTH} characters`,
    );
  }
  return { dimension, keep, value };
}

/**
 * Reads the name of what views can be filtered by. In that of a property, which may be any text, colons are written as `%3A`, and
 * what would be mistaken for one so written as `%25`.
 *
 * @param parameter That it comes in.
 * @throws {InvalidParameter}
 */
export function readDimension(text: string, parameter: string): FilterDimension {
  const known = NAMED_DIMENSIONS.find((dimension) => dimension === text);
  if (known !== undefined) return known;
  const [, written = ''] = /^property\.(.+)$/s.exec(text) ?? [];
  const name = written.replace(/%3A|%25/g, (code) => (code === '%25' ? '%' : ':'));
  if (name === '') {
    throw new InvalidParameter(
      parameter,
      `${parameter === 'filter' ? 'filter must be dimension:value or !dimension:value with one of the dimensions' : `${parameter} must be one of`} ` +
        `${NAMED_DIMENSIONS.join(', ')}, or property. and the name of a custom property`,
    );
  }
  if (name.length > MAX_FILTER_LENGTH) {
    throw new InvalidParameter(
      parameter,
      `the name of a property may have at most ${MAX_FILTER_LENGTH} characters`,
    );
  }
  return propertyDimension(name);
}

/** Writes what {@link readDimension} reads. */
export function writeDimension(dimension: FilterDimension): string {
  const name = propertyOf(dimension);
  if (name === null) return dimension;
  return propertyDimension(name.replaceAll('%', '%25').replaceAll(':', '%3A'));
}
