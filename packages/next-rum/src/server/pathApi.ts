import type { SessionDetail, SessionList } from '../store/pathStore.js';
import type { ResolvedRange } from './api.js';

/** What sessions of a list can be asked to have. */
export const SESSION_TROUBLES = ['errors', 'frustrations', 'slow'] as const;
export type SessionTrouble = (typeof SESSION_TROUBLES)[number];
/** Most views that sessions of a list can be asked to have at least. */
export const MAX_SESSION_VIEWS = 100;

/**
 * `GET {endpoint}/admin/sessions?with=errors&with=slow&views=3` with the parameters of a {@link Question}: the latest sessions that began in a
 * range, at most 100, among the latest 30,000 views.
 */
export interface SessionsResponse extends SessionList {
  readonly range: ResolvedRange;
}

/** `GET {endpoint}/admin/session?id=…` with `audience` of a {@link Question}: the session that a view is part of, in full. */
export interface SessionResponse extends SessionDetail {
  readonly privacy: 'strict' | 'consent';
  /** For how many days single views and events are kept. */
  readonly keptDays: number;
}
