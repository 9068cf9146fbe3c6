import type { FilteredRead, RumStore, ViewRange } from '../../store/store.js';
import type { ResolvedRange } from '../api.js';
import { appOf } from '../audience.js';
import type { RumConfig } from '../config.js';
import type { Log } from '../log.js';
import { type Comparison, type Filter, InvalidParameter, readQuestion } from '../question.js';
import { type EarlierRange, earlierRange, resolveRange } from '../range.js';
import { toRetention } from '../retention.js';
import { storeFailure } from '../storeFailure.js';

/** A request to a data route that the gate has let through. */
export interface Asked {
  readonly parameters: URLSearchParams;
  readonly config: RumConfig;
  readonly store: RumStore;
  /** Epoch ms, of the request. */
  readonly now: number;
  /** Epoch ms. */
  readonly clock: () => number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Whether the process ends with its requests, so that none may last. */
  readonly serverless: boolean;
  /** True once the process is to end. */
  readonly ending: () => boolean;
  readonly log: Log;
}

/** Gives the answer. @throws {InvalidParameter} */
export type DataRoute = (asked: Asked) => Promise<Response>;

/** A question with its times. */
export interface Resolved {
  readonly range: ResolvedRange;
  /** What the store is asked of it. */
  readonly views: ViewRange;
  /** Null where nothing is to be compared. */
  readonly earlier: { readonly range: EarlierRange; readonly views: ViewRange } | null;
  readonly filters: readonly Filter[];
}

/** Reads the parameters that every data route takes. */
export function resolve({ parameters, config, now }: Asked): Resolved {
  const question = readQuestion(parameters);
  const { filters, compare } = question;
  if (config.privacy !== 'consent' && filters.some(({ dimension }) => dimension === 'user')) {
    throw new InvalidParameter('filter', NO_USERS);
  }
  const app = appOf(question.audience, config.app);
  const range = resolveRange(question.range, now, toRetention(config.retention), compare);
  const earlier = earlierRange(range, compare, now);
  const views = { app, from: range.from, to: range.to, where: filters };
  return {
    range,
    views,
    earlier: earlier && {
      range: earlier,
      views: { ...views, from: earlier.from, to: earlier.until },
    },
    filters,
  };
}

/** Why views cannot be told apart by whom they are of. */
export const NO_USERS = "users are known only with defineRum({ privacy: 'consent' })";

/**
 * Reads the span that was asked for and the one that it is set against.
 *
 * @throws {InvalidParameter} Where single views are needed that are no longer there; it names the parameter to change.
 */
export async function readBoth<T>(
  { views, earlier }: Resolved,
  read: (views: ViewRange) => Promise<T>,
): Promise<readonly [present: T, compared: T | null]> {
  const both = [
    blame('from', read(views)),
    earlier === null ? null : blame('compare', read(earlier.views)),
  ] as const;
  return Promise.all(both);
}

/**
 * Reads the span that another is set against, for what was found in that one; null where nothing is compared.
 *
 * @throws {InvalidParameter} As {@link readBoth}.
 */
export async function readEarlier<T>(
  { earlier }: Resolved,
  read: (views: ViewRange) => Promise<T>,
): Promise<T | null> {
  return earlier === null ? null : blame('compare', read(earlier.views));
}

/** One of how many a read looked at, the earlier span too. */
export async function oneInOf(store: RumStore, resolved: Resolved, read: FilteredRead): Promise<number> {
  const [present, compared] = await readBoth(resolved, (span) => store.oneIn(span, read));
  return Math.max(present, compared ?? 1);
}

async function blame<T>(parameter: 'from' | 'compare', reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (storeFailure(error) !== 'not_kept' || !(error instanceof Error)) throw error;
    const told = error.message.replace(/^RUM: /, '');
    throw new InvalidParameter(parameter, `${told}, and filters need them: ${MEND[parameter]}`);
  }
}

const MEND = {
  from: 'ask for a time after that, or without filters',
  compare: `ask for a shorter time, without filters, or with compare=${'none' satisfies Comparison}`,
} as const;
