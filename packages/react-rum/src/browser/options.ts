import type { Frustration, RumEvent, ViewDocument } from '../protocol/index.js';
import type { RouteSource } from './routes.js';

/** What a visitor decided about being recorded. */
export type Consent = 'granted' | 'denied' | 'pending';

/** What an application may plug into the agent. */
export interface RumHooks {
  /**
   * Sees each view and event before it is kept for sending, and each revision of a view. May change it or return another;
   * null drops it. What it throws drops the item and counts it as a loss (`before_send`).
   */
  readonly beforeSend?: (item: ViewDocument | RumEvent) => ViewDocument | RumEvent | null;
  /** Called when a visitor meets a frustration, once for each action; from the third click on, each is one of rage. */
  readonly onFrustration?: (met: FrustrationMet) => void;
}

/** A frustration as `onFrustration` gets it. */
export interface FrustrationMet {
  readonly frustration: Frustration;
  /** Name of the action, as sent. */
  readonly name: string;
  /** CSS selector of the element. */
  readonly target: string;
}

/** What the core agent takes. Everything has a default. */
export interface RumCoreOptions extends RumHooks {
  /**
   * Where the collector is mounted; batches go to `${endpoint}/batch`, from `/api/rum/` to `/api/rum/batch/`. Default
   * `/api/rum`.
   */
  readonly endpoint?: string;
  /** Write key of a collector that asks for one: 16 to 256 letters, digits, `.`, `_`, `-`. Whoever opens the page can read it. */
  readonly key?: string;
  /** Application id where several share a collector: letters, digits, `.`, `_`, `-`, at most 64. Default `default`. */
  readonly app?: string;
  /** Version of the application, such as a commit hash. */
  readonly release?: string;
  /** Such as `production` or `staging`. */
  readonly environment?: string;
  /**
   * `strict` (default): nothing is stored in the browser, the session ends with the page, texts of the page are not read.
   * `consent`: once consent is granted, the session is kept in `localStorage` and so shared by tabs, and `identify` works.
   */
  readonly privacy?: 'strict' | 'consent';
  /**
   * What the visitor decided so far; `setConsent` changes it. Default `granted` where `privacy` is `strict`, `pending`
   * where it is `consent`.
   */
  readonly consent?: Consent;
  /**
   * Path prefixes on which nothing is recorded. `/admin` covers `/admin` and `/admin/users`, not `/administer`; `*` is any one segment, or
   * none at the end: `/*\/admin` covers `/de/admin`.
   */
  readonly ignore?: readonly string[];
  /** How the agent learns of routes. Default: the path is the route, navigations are read from `history`. */
  readonly routes?: RouteSource;
  /** Longest time that something recorded waits, in ms. Default 10,000. */
  readonly flushInterval?: number;
}

/** What {@link startRum} takes. Everything has a default. */
export interface RumAgentOptions extends RumCoreOptions {
  /**
   * Ids of other applications, by the prefix of the paths on which they are recorded instead: `{ '/docs': 'docs' }`. Prefixes as in
   * `ignore`, the first that fits is taken.
   */
  readonly apps?: Readonly<Record<string, string>>;
  /** Share of sessions to record, 0–1. Default 1. */
  readonly sampleRate?: number;
  /** Of the other sessions keep those with an error or a frustration, from up to 500 events before it on. Default true. */
  readonly keepTroubled?: boolean;
  /** Most events of one type a minute; more are counted as lost (`rate_limited`). Default 3,000. */
  readonly maxPerMinute?: number;
  /** Records uncaught errors, rejections, `console.error`, failed resources, CSP violations and browser reports. Default true. */
  readonly errors?: boolean;
  /** Records clicks, submits, changes and keyboard activation, and what is frustrating of them. Default true. */
  readonly actions?: boolean;
  /** Takes the names of actions from the page's texts. Default false where `privacy` is `strict`, else true. */
  readonly actionText?: boolean;
  /** Records `fetch`, XHR, beacons and loaded files. Default true. */
  readonly resources?: boolean;
  /** When a view has so many requests and loaded files, further files are only counted. Default 100. */
  readonly maxResources?: number;
  /** Share of loaded files to record, 0–1; requests of scripts are all recorded. Default 1. */
  readonly resourceSampleRate?: number;
  /**
   * Templates for URLs, the first that fits is taken: `['/shop/*\/item/*', …]`, where `*` stands for one path segment.
   * Without a fit, segments that look like ids (numbers, UUIDs, long hex and tokens) become `:id`.
   */
  readonly urlTemplates?: readonly string[];
  /** Records long animation frames, or long tasks where the browser has no such frames. Default true. */
  readonly longTasks?: boolean;
  /** Records `performance.mark` and `performance.measure`. Default true. */
  readonly userTiming?: boolean;
  /**
   * Sends `traceparent` and `baggage` with same-origin requests, and those to the given origins (exactly, such as
   * `https://api.shop.example`; they must allow both headers). False: with none. Default true: same origin only. Turn it off
   * where such a request is redirected to another origin that does not allow these headers.
   */
  readonly tracing?: boolean | readonly string[];
  /**
   * Keeps what could not be sent in the browser's storage until it can, also across pages. Only where `privacy` is `consent` and
   * consent is granted. Loaded on demand. Default false.
   */
  readonly offline?: boolean;
  /** Tells the console what is captured, dropped and why, and shows this page's vitals. `?rum_debug` in the URL does it too. Loaded on demand. Default false. */
  readonly debug?: boolean;
}

/** What the agent takes from its surroundings; tests give their own. */
export interface RumEnvironment {
  /** Epoch ms. */
  readonly now?: () => number;
  /** For the agent's own requests. */
  readonly fetch?: typeof globalThis.fetch;
}
