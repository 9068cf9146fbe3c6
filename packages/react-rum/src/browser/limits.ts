/**
 * The numbers that the agent goes by, in one place. Those that an application may choose stand in `options.ts`.
 *
 * In a module of their own because bundlers put a constant of another module straight where it is used.
 */

// Delivery.

/**
 * A flush is due when so much waits, in bytes, or so many events, or after `flushInterval`. As Datadog's RUM. An item counts
 * as its share at least.
 */
export const FLUSH_BYTES = 16_384;
export const FLUSH_EVENTS = 50;
export const LEAST_ITEM_BYTES = 328;
/** Of everything that waits or is under way, in bytes. */
export const PENDING_BYTES = 1_048_576;
/** Browsers allow 64 KiB of keepalive bodies in flight; the rest is left to the page. No body is larger, in bytes. */
export const KEEPALIVE_BYTES = 60_000;
/** Chromium allows nine keepalive requests at a time. */
export const KEEPALIVE_REQUESTS = 9;
/** Less room than this is not worth a request of its own, in bytes. */
export const LEAST_ROOM = 4000;
/** More than the text around the items of a batch takes, in bytes. */
export const ENVELOPE_BYTES = 4000;
/** Larger items could not be sent together with their envelope, in bytes. */
export const ITEM_BYTES = 50_000;
/** How long an answer of the collector is waited for, in ms. */
export const TIMEOUT_MS = 30_000;
/** A longer Retry-After is not believed, in ms. */
export const LONGEST_RETRY_AFTER_MS = 3_600_000;
/** Failures in a row after which the breaker is open: a single request must find out whether the collector is back. */
export const BREAKER_FAILURES = 5;
/** Most calls kept for an agent that has not started. */
export const EARLY_CALLS = 100;
/** Longest JSON of a context or of traits, in UTF-16 units: they go with every batch. */
export const MAX_CONTEXT = 2000;

// Sessions.

/** Silence after which a session is over, and how long it can last at all, in ms. As Datadog's RUM. */
export const IDLE_MS = 900_000;
export const LONGEST_SESSION_MS = 14_400_000;
/** How often activity is written down for other tabs, in ms. */
export const SAVE_MS = 5000;
/** Last events that wait for the route of their view, or of a session that was not drawn by the sample rate. */
export const MAX_WAITING_EVENTS = 500;

// Views and activity.

/** Most views of a page that may still change: its first, and the last. */
export const MAX_OPEN = 50;
/**
 * Silence that means settled, in ms; as in Datadog's RUM.
 *
 * @see https://docs.datadoghq.com/real_user_monitoring/browser/monitoring_page_performance/
 */
export const SILENCE_MS = 100;
/** A page that never settles is not waited for longer than this, in ms. */
export const LONGEST_WAIT_MS = 10_000;
/** How long after it began somebody is told of silence, in ms, if nothing else happens before. */
export const LOOK_MS = 1250;

// Collectors.

/** Server-Timing metrics that are told of a document. */
export const MAX_SERVER_TIMINGS = 9;
/** Long frames, and events, among which those of an interaction are looked for. */
export const MAX_RECENT = 20;
/** Shorter events are not looked at for INP, in ms, a duration of two and a half frames, as in `web-vitals`. */
export const SLOW_EVENT_MS = 40;
/** INP leaves out the longest interaction for each so many. https://web.dev/articles/inp */
export const INTERACTIONS_PER_OUTLIER = 50;
/** Longest interactions of a navigation among which its INP is. */
export const MAX_LONGEST = 10;
/**
 * Layout shifts add up as long as none comes so much later than the one before, and not so long after the first, in ms.
 *
 * @see https://web.dev/articles/cls
 */
export const LONGEST_PAUSE_MS = 1000;
export const LONGEST_BURST_MS = 5000;
/** Events whose frames were shown so close together were shown in one, in ms: the browser rounds durations to it. */
export const SAME_FRAME_MS = 8;
/** Different errors of which repetitions are counted until the next flush. */
export const MAX_FOLDS = 100;
/** Causes of causes are followed so far. */
export const MAX_CAUSES = 5;
/** Long frames recorded a view; more add to its blocked time and its count. */
export const MAX_LONG_FRAMES = 50;
/** What a long task is longer than, in ms. https://w3c.github.io/longtasks/ */
export const LONG_MS = 50;
/** Timings of a view after which further marks and measures are only counted. */
export const MAX_USER_TIMINGS = 100;
/** How long to wait for the browser's timing of a request that has its answer, in ms. */
export const TIMING_WAIT_MS = 3000;
/** A request that is put together late may be timed from a little before the page's call, in ms. */
export const TIMING_TOLERANCE_MS = 1;
/** Elements that a selector names. */
export const MAX_SELECTOR_DEPTH = 4;
/** Three clicks or more on one target, in this time (ms) and this distance (CSS pixels), are made in rage. As Datadog's RUM. */
export const RAGE_CLICKS = 3;
export const RAGE_MS = 1000;
export const RAGE_PX = 100;
/** A click after which nothing happened for so long is dead, in ms; what else one does is waited for one silence. */
export const DEAD_MS = 2500;
/** Longest name of an action that is taken from the page, in UTF-16 units. */
export const MAX_ACTION_NAME = 64;
