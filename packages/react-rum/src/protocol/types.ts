/**
 * Protocol v1: what travels from a page to the collector.
 *
 * Times are epoch milliseconds of the browser's clock, durations are milliseconds, identifiers are UUIDv7
 * (RFC 9562) in lower case, so that they sort by time.
 */

/** A scalar, list or map that an application attaches to a custom event. */
export type PropertyValue =
  | string
  | number
  | boolean
  | null
  | readonly PropertyValue[]
  | { readonly [key: string]: PropertyValue };

/** Properties of a custom event. At most {@link LIMITS} `depth` deep and `propertyValues` values. */
export type Properties = { readonly [key: string]: PropertyValue };

/** The five vitals, keyed as `web-vitals` names them, in lower case. */
export type VitalName = 'lcp' | 'inp' | 'cls' | 'fcp' | 'ttfb';

/**
 * One vital of one view.
 *
 * `value` is raw and never rounded: milliseconds, and a unitless score for CLS. A rating is not sent: the server
 * derives it from the value, so that it cannot disagree.
 */
export interface Vital {
  readonly value: number;
  /** What explains the value, flat: LCP element and sub-parts, INP target and phases, CLS source, TTFB parts. */
  readonly attribution?: { readonly [key: string]: string | number };
}

/**
 * How a view began. All but `client` are the values of `web-vitals`' `navigationType`;
 * `client` is a navigation inside the page by a router.
 */
export type NavigationType =
  | 'navigate'
  | 'reload'
  | 'back-forward'
  | 'back-forward-cache'
  | 'prerender'
  | 'restore'
  | 'client';

/** Which router rendered the view: Next's App Router, its Pages Router, or none. */
export type RouterKind = 'app' | 'pages' | 'none';

/**
 * One page view, as known at the time of sending.
 *
 * A view is one document that is sent again with a higher `revision` as its vitals settle; the collector keeps the
 * highest revision and ignores lower or equal ones, so order and repetition of delivery do not matter.
 */
export interface ViewDocument {
  readonly id: string;
  /** 1 for the first sending, then rising. */
  readonly revision: number;
  readonly startedAt: number;
  /** Route template such as `/product/[id]`, exactly as the framework names it. The path where there is none. */
  readonly route: string;
  /** Path without query and fragment, such as `/product/42`. */
  readonly path: string;
  readonly router: RouterKind;
  readonly navigationType: NavigationType;
  /** The view before this one in the same page. */
  readonly previousViewId?: string;
  /** Origin of the referring page, such as `https://search.example`. */
  readonly referrer?: string;
  /** W3C trace id (32 hex digits) of the requests that this view made. */
  readonly traceId?: string;
  /** From start to the latest sending or to the end of the view, in ms. */
  readonly duration?: number;
  readonly vitals: { readonly [name in VitalName]?: Vital };
}

interface EventBase {
  readonly id: string;
  /** The view it happened in. */
  readonly viewId: string;
  readonly at: number;
  /** Route template of that view. */
  readonly route: string;
}

/** Something the application reports: `track('add_to_cart', { sku })`. */
export interface CustomEvent extends EventBase {
  readonly type: 'custom';
  readonly name: string;
  readonly properties?: Properties;
}

/** An uncaught error or unhandled rejection. The stack is raw; frames are parsed where bytes are free. */
export interface ErrorEvent extends EventBase {
  readonly type: 'error';
  /** The error's constructor name, such as `TypeError`. */
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly source: 'window.error' | 'unhandledrejection';
}

/** Why an agent gave something up. */
export type LossReason =
  | 'queue_full'
  | 'rejected'
  | 'too_large'
  | 'unsupported_version'
  | 'serialize'
  | 'unload';

/** What the agent had to drop, reported as an event so that a resent report is not counted twice. */
export interface LossEvent extends EventBase {
  readonly type: 'loss';
  readonly reason: LossReason;
  readonly count: number;
}

/** Everything that is not a view, told apart by `type`. */
export type RumEvent = CustomEvent | ErrorEvent | LossEvent;

/** Facts about browser and screen that hold for a whole batch. */
export interface BatchContext {
  /** Inner size of the window in CSS pixels. */
  readonly viewportWidth?: number;
  readonly viewportHeight?: number;
  /** `navigator.connection.effectiveType`: `slow-2g`, `2g`, `3g` or `4g`. */
  readonly connection?: string;
  /** BCP 47 tag of the browser's first language. */
  readonly language?: string;
  /** `navigator.webdriver`: the browser is driven by a program. */
  readonly automated?: boolean;
}

/** The body of one request to the collector. */
export interface Batch {
  readonly v: number;
  /** Application id; one database can hold several. */
  readonly app: string;
  /** Browser clock at sending; the collector corrects skewed clocks with it. */
  readonly sentAt: number;
  /** In-memory id of this page's session. Stored only where privacy mode `consent` applies. */
  readonly sessionId: string;
  readonly release?: string;
  readonly environment?: string;
  readonly context?: BatchContext;
  readonly views: readonly ViewDocument[];
  readonly events: readonly RumEvent[];
}

/** Why the collector refused a whole batch. */
export type BatchRejection =
  | 'unsupported_version'
  | 'malformed'
  | 'too_large'
  | 'unsupported_media_type'
  | 'origin_not_allowed'
  | 'unavailable';

/** Why the collector refused one view or event of a batch. */
export type ItemRejection = 'invalid' | 'unknown_type' | 'too_large' | 'storage';

/** One refused view or event. `index` is its position in `views` or `events`. */
export interface RejectedItem {
  readonly kind: 'view' | 'event';
  readonly index: number;
  readonly id?: string;
  readonly reason: ItemRejection;
  /** What was wrong, where, for a developer. */
  readonly message: string;
}

/** Answer 202: everything accepted is committed. `accepted + duplicate + rejected.length` is what was sent. */
export interface BatchReceipt {
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: readonly RejectedItem[];
}

/** Answer 4xx and 5xx. */
export interface BatchError {
  readonly error: BatchRejection;
  readonly message: string;
  /** With `unsupported_version`: the versions this collector reads. */
  readonly supported?: readonly number[];
}
