import type { ActionRow, Actions } from '../../analysis/actions/actionsOf.js';
import type { Durations } from '../../analysis/durations.js';
import type { RequestFigures } from '../../analysis/requests/requestFigures.js';
import type { RequestRow, Requests } from '../../analysis/requests/requestsOf.js';
import type { TimingRow, Timings } from '../../analysis/timings/timingsOf.js';
import type { SampledTold } from '../../store/latestStore.js';
import type { RequestDetail } from '../../store/requestStore.js';
import type { ResolvedRange } from './commonApi.js';

/** How requests of one template fared in the span that is compared with. */
export interface RequestsBefore
  extends Pick<RequestFigures, 'n' | 'failed' | 'failedShare' | 'failedInterval'> {
  readonly duration: Pick<RequestFigures['duration'], 'p75' | 'interval' | 'n'>;
}

export interface RequestTemplateRow extends RequestRow {
  /** Null where nothing is compared, or there was none then. */
  readonly compared: RequestsBefore | null;
}

/**
 * `GET {endpoint}/admin/requests?kind=requests&host=api.example&initiator=fetch` with the parameters of a {@link Question}: what pages
 * asked for and loaded, of all of it or a sample of some thousand. `kind`, `host` and `initiator` choose `rows`; all else is of all of them.
 */
export interface RequestsResponse extends Omit<Requests, 'rows'> {
  readonly range: ResolvedRange;
  /** What all of it was counted in: all requests, or a sample of some thousand. */
  readonly told: SampledTold;
  /** Most first, at most 300. */
  readonly rows: readonly RequestTemplateRow[];
  /** True where there are more rows, or hosts, than shown. */
  readonly truncated: boolean;
}

/** `GET {endpoint}/admin/request?key=0123456789abcdef` with the parameters of a {@link Question}: requests of one template in full. */
export interface RequestResponse extends RequestDetail {
  readonly range: ResolvedRange;
  readonly compared: RequestsBefore | null;
}

/** How often, and how long it took, in the span that is compared with. */
export interface DurationBefore extends Pick<Durations, 'p75' | 'interval' | 'n'> {}

export interface ActionTemplateRow extends ActionRow {
  /** Null where nothing is compared, or there was none then. */
  readonly compared: DurationBefore | null;
}

/**
 * `GET {endpoint}/admin/actions` with the parameters of a {@link Question}: what visitors did and what of it was frustrating, of all
 * actions of the time, or of 3,000 from all over it. As a file with `table=frustrations` those instead of the actions.
 */
export interface ActionsResponse extends Omit<Actions, 'rows'> {
  readonly range: ResolvedRange;
  readonly told: SampledTold;
  /** Most first, at most 300. */
  readonly rows: readonly ActionTemplateRow[];
  /** True where there are more rows, or frustrations, than shown. */
  readonly truncated: boolean;
}

export interface TimingTemplateRow extends TimingRow {
  /** Null where nothing is compared, or there was none then. */
  readonly compared: DurationBefore | null;
}

/**
 * `GET {endpoint}/admin/timings?timing=render` with the parameters of a {@link Question}: how long renders, queries, and what the app
 * measures take, of all of the time, or of 3,000 from all over it.
 */
export interface TimingsResponse extends Omit<Timings, 'rows'> {
  readonly range: ResolvedRange;
  readonly told: SampledTold;
  /** Most time first, at most 300. */
  readonly rows: readonly TimingTemplateRow[];
  readonly truncated: boolean;
}
