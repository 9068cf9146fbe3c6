import type { Interval } from '../../store/vitalStore.js';
import type { BoardPanel, PanelQuestion } from '../board.js';
import type { ResolvedRange } from './commonApi.js';
import type { Removal } from './savedApi.js';
import type { Estimated, HistogramBin, VitalFigures } from './vitalApi.js';

/** `POST {endpoint}/admin/boards` */
export type BoardChange =
  | {
      readonly do: 'save';
      /** Null for a new one. */
      readonly id: string | null;
      /** Revision that was seen; 0 for a new one. */
      readonly replaces: number;
      readonly name: string;
      readonly panels: readonly BoardPanel[];
    }
  | Removal;

/** `POST {endpoint}/admin/shares` */
export type ShareChange =
  | {
      readonly do: 'create';
      readonly board: string;
      readonly name: string;
      readonly days: number;
      /** The question that the link answers. */
      readonly search: string;
    }
  | { readonly do: 'revoke'; readonly id: string };

/** `GET {endpoint}/admin/boards`, by name. */
export interface BoardsResponse {
  readonly boards: readonly {
    readonly id: string;
    readonly name: string;
    readonly panels: number;
    readonly savedAt: number;
  }[];
}

/** `GET {endpoint}/admin/board?id=…` */
export interface BoardResponse {
  readonly id: string;
  readonly revision: number;
  readonly name: string;
  readonly panels: readonly BoardPanel[];
  readonly savedAt: number;
}

/** `GET {endpoint}/admin/panel?metric=lcp&chart=line` with the parameters of a {@link Question}: what one panel of a board shows. */
export interface PanelResponse extends PanelQuestion, Estimated {
  readonly range: ResolvedRange;
  /** Over all: a count, or the p75 of a vital; null by a dimension. */
  readonly value: number | null;
  /** The same of the span compared with; null where nothing is. */
  readonly before: number | null;
  /** Of a vital over all. */
  readonly figures: VitalFigures | null;
  /**
   * Of `line`, oldest first: of a count one entry a bucket, empty ones included; of a vital points as {@link VitalResponse} has
   * them. Each is of the views from `t` until `until`, epoch ms.
   */
  readonly series: readonly {
    readonly t: number;
    readonly until: number;
    readonly value: number | null;
    /** 95 % of a p75; null of a count, and of fewer than 11 views. */
    readonly interval: Interval | null;
    readonly n: number;
  }[];
  /** Of `bars` (at most 10) and `table` (at most 50), most views first. */
  readonly rows: readonly {
    readonly value: string;
    readonly views: number;
    readonly figures: VitalFigures | null;
  }[];
  /** Of `histogram`. */
  readonly histogram: readonly HistogramBin[];
}

/** `GET {endpoint}/admin/shares`, latest first. */
export interface SharesResponse {
  readonly shares: readonly Share[];
}

/** A link that opens one board without a sign-in. */
export interface Share {
  readonly id: string;
  readonly board: string;
  readonly boardName: string | null;
  readonly name: string;
  /** What it asks, as a query string. */
  readonly search: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly state: 'open' | 'expired' | 'revoked' | 'gone';
}

/** `POST {endpoint}/admin/shares` */
export interface ShareResponse {
  readonly id: string;
  /** 256 random bits, told this once. */
  readonly token: string;
  readonly expiresAt: number;
}

/** `GET {endpoint}/admin/shared` with the token of a share link. */
export interface SharedResponse {
  readonly name: string;
  readonly panels: readonly BoardPanel[];
  readonly expiresAt: number;
}
