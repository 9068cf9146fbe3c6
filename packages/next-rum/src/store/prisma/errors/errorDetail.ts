import {
  ERROR_DIMENSIONS,
  type ErrorDetail,
  type ErrorDimension,
  type ErrorOccurrence,
  type ErrorSample,
  type ErrorValue,
  type Told,
} from '../../errorStore.js';
import { OTHER } from '../../filters.js';
import type { ViewRange } from '../../store.js';
import { latestFirst } from '../latest/readEvents.js';
import { type ViewFacts, viewFacts } from '../latest/viewFacts.js';
import { whereKept } from '../rawParts.js';
import type { Source } from '../rollup/rollupCells.js';
import { hasFilters } from './errorGroups.js';
import { addError, type Tallies, type Tally, totalsOf } from './errorTally.js';
import { latestErrors, MAX_TOLD } from './latestErrors.js';
import { eachMatchingError } from './matchingErrors.js';
import { countOnly, knownBefore } from './singleGroups.js';
import { type ToldError, titleOf } from './toldErrors.js';

const MAX_SHOWN = 20;

interface Found {
  readonly tally: Tally | undefined;
  /** Latest first. */
  readonly errors: readonly ToldError[];
  readonly facts: ReadonlyMap<string, ViewFacts>;
  readonly told: Told;
}

/** @see {@link RumStore.errorGroup} */
export async function errorGroup(
  source: Source,
  range: ViewRange,
  fingerprint: string,
  stepMs: number,
): Promise<ErrorDetail | null> {
  const [{ tally, errors, facts, told }, known] = await Promise.all([
    hasFilters(range)
      ? findMatching(source, range, fingerprint, stepMs)
      : findCounted(source, range, fingerprint, stepMs),
    knownBefore(source, range, [fingerprint]),
  ]);
  if (tally === undefined || tally.events === 0) return null;
  const [latest] = errors;
  return {
    ...totalsOf(fingerprint, tally, fingerprint !== OTHER && !known.has(fingerprint)),
    title: latest === undefined ? null : titleOf(latest),
    latest: latest === undefined ? null : sampleOf(latest),
    told,
    visitors: new Set(errors.map(({ visitor }) => visitor)).size,
    views: new Set(errors.map(({ viewId }) => viewId)).size,
    by: byDimension(errors, facts),
    occurrences: errors.slice(0, MAX_SHOWN).map((error) => occurrenceOf(error, facts.get(error.viewId))),
  };
}

async function findCounted(
  source: Source,
  range: ViewRange,
  fingerprint: string,
  stepMs: number,
): Promise<Found> {
  const [{ tallies }, { errors, told }] = await Promise.all([
    countOnly(source, range, stepMs, [fingerprint]),
    latestErrors(source, range, fingerprint),
  ]);
  const tally = tallies.get(fingerprint);
  if (tally === undefined) return NOTHING;
  const ids = errors.map(({ viewId }) => viewId);
  return { tally, errors, told, facts: await viewFacts(source, { app: range.app }, ids) };
}

const NOTHING: Found = {
  tally: undefined,
  errors: [],
  facts: new Map(),
  told: { events: 0, since: 0, complete: true },
};

function findMatching(source: Source, range: ViewRange, fingerprint: string, stepMs: number): Promise<Found> {
  return whereKept(source, range, async (kept) => {
    const tallies: Tallies = new Map();
    const facts = new Map<string, ViewFacts>();
    let errors: ToldError[] = [];
    let complete = true;
    const oneIn = await eachMatchingError(source, kept, stepMs, (error, ofView, times) => {
      if (error.fingerprint !== fingerprint) return;
      addError(tallies, { ...error, count: times * error.count }, stepMs);
      errors.push(error);
      facts.set(error.viewId, ofView);
      if (errors.length < 3 * MAX_TOLD) return;
      complete = false;
      errors = errors.sort(latestFirst).slice(0, MAX_TOLD);
    });
    errors.sort(latestFirst);
    if (errors.length > MAX_TOLD || oneIn > 1) complete = false;
    errors = errors.slice(0, MAX_TOLD);
    const since = complete ? kept.from : (errors.at(-1)?.occurredAt ?? kept.from);
    const events = errors.reduce((sum, { count }) => sum + count, 0);
    return { tally: tallies.get(fingerprint), errors, facts, told: { events, since, complete } };
  });
}

function sampleOf({
  occurredAt,
  name,
  message,
  source,
  stack,
  componentStack,
  digest,
}: ToldError): ErrorSample {
  return { at: occurredAt, name, message, source, stack, componentStack, digest };
}

function occurrenceOf(error: ToldError, facts: ViewFacts | undefined): ErrorOccurrence {
  const { id, occurredAt, route, viewId, count, message } = error;
  const { release = null, browser = null, os = null, device = null, country = null } = facts ?? {};
  return { id, at: occurredAt, route, viewId, count, message, release, browser, os, device, country };
}

function byDimension(
  errors: readonly ToldError[],
  facts: ReadonlyMap<string, ViewFacts>,
): { readonly [dimension in ErrorDimension]: readonly ErrorValue[] } {
  const toValue = (error: ToldError, dimension: ErrorDimension): string => {
    if (dimension === 'route' || dimension === 'source') return error[dimension] ?? '';
    return facts.get(error.viewId)?.[dimension] ?? '';
  };
  const entries = ERROR_DIMENSIONS.map((dimension) => [
    dimension,
    mostFirst(errors, (error) => toValue(error, dimension)),
  ]);
  return Object.fromEntries(entries) as { readonly [dimension in ErrorDimension]: readonly ErrorValue[] };
}

function mostFirst(
  errors: readonly ToldError[],
  toValue: (error: ToldError) => string,
): readonly ErrorValue[] {
  const values = new Map<string, { events: number; readonly visitors: Set<string> }>();
  for (const error of errors) {
    const value = toValue(error);
    const known = values.get(value) ?? { events: 0, visitors: new Set() };
    known.events += error.count;
    known.visitors.add(error.visitor);
    values.set(value, known);
  }
  return [...values]
    .map(([value, { events, visitors }]) => ({ value, events, visitors: visitors.size }))
    .sort((a, b) => b.events - a.events || (a.value < b.value ? -1 : 1))
    .slice(0, MAX_SHOWN);
}
