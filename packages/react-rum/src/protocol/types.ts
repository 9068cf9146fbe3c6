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

/** What an application attaches to an event, a view or all of its page. At most {@link LIMITS} `depth` deep and `propertyValues` values. */
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
 * How a view began. Most are the values of `web-vitals`' `navigationType`; `client` is a navigation inside the page by a
 * router, `resume` the same page in a new session, because the old one had been idle too long or become too old.
 */
export type NavigationType =
  | 'navigate'
  | 'reload'
  | 'back-forward'
  | 'back-forward-cache'
  | 'prerender'
  | 'restore'
  | 'client'
  | 'resume';

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
  /** How much of `duration` the page could be seen, in ms. */
  readonly visibleDuration?: number;
  /** From start until 100 ms went by without a DOM mutation or a request under way (those 100 ms not counted), in ms. */
  readonly loadingTime?: number;
  /** Of a client navigation: from its start until the browser had a frame of the new page to show, in ms. */
  readonly routeChangeTime?: number;
  /** Main-thread time above 50 ms a frame in which the page could not answer, in ms. */
  readonly blockedTime?: number;
  /** How far down the page was seen: lower edge of the window over the height of the document, 0–1, the most of the view. */
  readonly scrollDepth?: number;
  /** Path that a client navigation set out for where it ended elsewhere. */
  readonly redirectedFrom?: string;
  /** HTTP redirects before this document, same origin only, as the browser tells. */
  readonly redirectCount?: number;
  /** Campaign parameters of the document's URL, without their `utm_`: `source`, `medium`, `campaign`, `term`, `content`. */
  readonly utm?: { readonly [name: string]: string };
  /** How many events of each type happened in this view, those included that were sampled away or capped. */
  readonly counts?: { readonly [type: string]: number };
  /** What the application said of this view. */
  readonly attributes?: Properties;
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

/** Who told of an error. */
export type ErrorSource =
  | 'window.error'
  | 'unhandledrejection'
  /** `console.error`, which is also how React and Next tell of what a boundary caught. */
  | 'console.error'
  /** A `RumErrorBoundary`. */
  | 'react'
  /** `reportError()` of the application. */
  | 'reported'
  /** An image, script or style sheet that did not load. */
  | 'resource'
  /** A violated Content Security Policy. */
  | 'csp'
  /** The Reporting API: a deprecation or an intervention of the browser. */
  | 'report';

/** An error of the page. The stack is raw, causes below it; frames are parsed where bytes are free. */
export interface ErrorEvent extends EventBase {
  readonly type: 'error';
  /** The error's constructor name, such as `TypeError`. */
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly source: ErrorSource;
  /** How many alike this stands for, where more than one. */
  readonly count?: number;
  /** React's component stack. */
  readonly componentStack?: string;
  /** Next's digest of a server error, which its log has too. */
  readonly digest?: string;
}

/** What a visitor did. */
export type ActionKind = 'click' | 'submit' | 'change' | 'key';

/** Why an action is taken for a frustration. */
export type Frustration = 'rage' | 'dead' | 'error';

/** Something a visitor did, with what came of it. */
export interface ActionEvent extends EventBase {
  readonly type: 'action';
  /** `data-rum-action`, or where texts are allowed label, text, aria-label, alt or title; else the kind of element. */
  readonly name: string;
  readonly kind: ActionKind;
  /** CSS selector of the element. */
  readonly target: string;
  /** Until the page settled, in ms; 0 where nothing came of it. */
  readonly duration: number;
  /** Requests that ended and errors that happened until the page settled. */
  readonly requests?: number;
  readonly errors?: number;
  /** It led to another view. */
  readonly navigated?: boolean;
  readonly frustrations?: readonly Frustration[];
}

/** A request that the page made or a file that it loaded. Phases are those the browser tells; times in ms. */
export interface ResourceEvent extends EventBase {
  readonly type: 'resource';
  /** URL without query, ids in its path replaced, without origin where that is the page's own: `/api/user/:id`. */
  readonly name: string;
  /** `fetch`, `xmlhttprequest`, `beacon`, `script`, `img`, `css`, `link` … as the browser names initiators. */
  readonly initiator: string;
  readonly duration: number;
  readonly method?: string;
  /** HTTP status; 0: no answer came. */
  readonly status?: number;
  /** Why no answer came. */
  readonly failure?: 'network' | 'abort' | 'timeout';
  /** GraphQL operation name. */
  readonly operation?: string;
  readonly redirect?: number;
  readonly dns?: number;
  readonly connect?: number;
  readonly tls?: number;
  /** From sending to the first byte. */
  readonly wait?: number;
  readonly download?: number;
  /** Bytes on the wire, headers included; 0 with a body: from the cache. */
  readonly transferSize?: number;
  /** Bytes of the body, decompressed. */
  readonly decodedSize?: number;
  /** ALPN name such as `h2`. */
  readonly protocol?: string;
  readonly cached?: boolean;
  readonly renderBlocking?: boolean;
  /** W3C span id that the request carried as `traceparent`. */
  readonly spanId?: string;
}

/** A frame or task that held up the page for 50 ms or more. */
export interface LongTaskEvent extends EventBase {
  readonly type: 'longtask';
  /** URL of the script that took longest, without query; `unknown` where the browser does not tell. */
  readonly name: string;
  readonly duration: number;
  /** Of it, the part in which the page could not answer, in ms. */
  readonly blockingDuration?: number;
  /** Of that script, in ms. */
  readonly scriptDuration?: number;
  /** Of that script, forced style and layout, in ms. */
  readonly layoutDuration?: number;
  /** What started that script, such as `BUTTON#buy.onclick` or `TimerHandler:setTimeout`. */
  readonly invoker?: string;
  readonly function?: string;
}

/** What a timing is of. */
export type TimingKind = 'custom' | 'mark' | 'measure' | 'render' | 'visible' | 'form' | 'query';

/** A duration that the application or one of its libraries tells. */
export interface TimingEvent extends EventBase {
  readonly type: 'timing';
  readonly name: string;
  readonly kind: TimingKind;
  /** ms; of a `mark` since the start of its view. */
  readonly duration: number;
  readonly properties?: Properties;
}

/** A feature flag or experiment that the visitor was shown. */
export interface FlagEvent extends EventBase {
  readonly type: 'flag';
  readonly name: string;
  readonly variant: string;
}

/** A client navigation that never arrived, because another one took its place. */
export interface NavigationEvent extends EventBase {
  readonly type: 'navigation';
  /** Path that it set out for. */
  readonly name: string;
  readonly outcome: 'cancelled';
  /** Until it was given up, in ms. */
  readonly duration: number;
}

/** Why an agent gave something up. */
export type LossReason =
  /** No room was left. */
  | 'queue_full'
  /** The collector refused it. */
  | 'rejected'
  | 'too_large'
  | 'unsupported_version'
  /** What the application attached could not be read. */
  | 'serialize'
  /** `beforeSend` threw. */
  | 'before_send'
  /** More than the cap for its type in a minute. */
  | 'rate_limited'
  | 'unload';

/** What the agent had to drop, reported as an event so that a resent report is not counted twice. */
export interface LossEvent extends EventBase {
  readonly type: 'loss';
  readonly reason: LossReason;
  readonly count: number;
}

/** Everything that is not a view, told apart by `type`. */
export type RumEvent =
  | CustomEvent
  | ErrorEvent
  | ActionEvent
  | ResourceEvent
  | LongTaskEvent
  | TimingEvent
  | FlagEvent
  | NavigationEvent
  | LossEvent;

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
  /** `navigator.deviceMemory` in GiB, as coarse as the browser tells it. */
  readonly deviceMemory?: number;
  /** `navigator.hardwareConcurrency`. */
  readonly cores?: number;
  /** `prefers-reduced-motion: reduce`. */
  readonly reducedMotion?: boolean;
  /** `prefers-color-scheme: dark`. */
  readonly darkMode?: boolean;
}

/** Who the application says the visitor is; only with the visitor's consent. */
export interface BatchUser {
  readonly id: string;
  readonly traits?: Properties | undefined;
}

/** The body of one request to the collector. */
export interface Batch {
  readonly v: number;
  /** Application id; one database can hold several. */
  readonly app: string;
  /** Browser clock at sending; the collector corrects skewed clocks with it. */
  readonly sentAt: number;
  /** Id of the session. Stored only where privacy mode `consent` applies. */
  readonly sessionId: string;
  readonly release?: string;
  readonly environment?: string;
  readonly context?: BatchContext;
  /** Present and below 1 where only this share of sessions is recorded: one stands for `1 / sampleRate`. */
  readonly sampleRate?: number;
  /** The session was not drawn by `sampleRate` but kept because of an error or a frustration; it stands for itself only. */
  readonly kept?: boolean;
  readonly user?: BatchUser;
  /** What the application said of everything in this page. */
  readonly attributes?: Properties;
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
  | 'key_not_allowed'
  | 'rate_limited'
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

/**
 * Answer 202: everything accepted is committed. `accepted + duplicate + rejected.length + ignored` is what was sent. The counts
 * are in the header `rum-receipt`; there is a body, `{ "rejected" }`, only where something was refused.
 */
export interface BatchReceipt {
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: readonly RejectedItem[];
  /** How many were left out because the team asks for it in the admin's settings; not given where it is none. */
  readonly ignored?: number;
}

/** Answer 4xx and 5xx. */
export interface BatchError {
  readonly error: BatchRejection;
  readonly message: string;
  /** With `unsupported_version`: the versions this collector reads. */
  readonly supported?: readonly number[];
}
