import type { RequestSpread } from '../analysis/requests/requestDetail.js';
import type { RequestRow, Requests } from '../analysis/requests/requestsOf.js';
import type { SampledTold } from './latestStore.js';

/** Requests of a range, added up. */
export interface RequestGroups extends Requests {
  /** What they were counted in. */
  readonly told: SampledTold;
}

/** One time that it was made. */
export interface RequestOccurrence {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly viewId: string;
  readonly route: string;
  /** ms */
  readonly duration: number | null;
  readonly status: string;
  /** On the wire; null where it is not told. */
  readonly bytes: number | null;
  readonly cached: boolean;
  readonly protocol: string | null;
  readonly browser: string | null;
  readonly country: string | null;
}

/** Requests of one template in full. */
export interface RequestDetail extends RequestRow, RequestSpread {
  readonly told: SampledTold;
  /** Latest first, at most 20. */
  readonly occurrences: readonly RequestOccurrence[];
}
