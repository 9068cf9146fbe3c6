import type { Properties, PropertyValue, RumEvent, ViewDocument, Vital } from '@rumkit/react-rum/protocol';
import type { EventRow, ViewRow } from '../store/rows.js';
import { emptyMap } from './emptyMap.js';
import type { Envelope, ParsedBatch } from './parseBatch.js';
import { scrub } from './scrub.js';
import type { UserAgentFacts } from './userAgent.js';

/** What the collector knows of a batch that the batch does not say. */
export interface BatchOrigin extends UserAgentFacts {
  /** Application id that the rows are stored under. */
  readonly app: string;
  /** Epoch ms on the server's clock. */
  readonly receivedAt: number;
  readonly visitor: string;
  readonly country: string | null;
  readonly sample: boolean;
}

/** Turns a parsed batch into rows, in the batch's order. Pure. */
export function toRows(
  { envelope, views, events }: ParsedBatch,
  origin: BatchOrigin,
): { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] } {
  const correct = clockCorrection(envelope.sentAt, origin.receivedAt);
  return {
    views: views.map(({ value }) => toViewRow(value, envelope, origin, correct)),
    events: events.map(({ value }) => toEventRow(value, origin, correct)),
  };
}

/** Below this, in ms, the difference is as likely the way of the request as the clock: correcting would add jitter. */
const CLOCK_TOLERANCE = 2 * 60_000;
/** Nothing is believed to be older than this, in ms. */
const MAX_AGE = 7 * 24 * 3_600_000;

/**
 * Moves times of a wrong browser clock onto the server's: all items of a batch by the same offset, so their order and
 * distances stay, and never into the future.
 *
 * @param sentAt Browser clock at sending, epoch ms.
 * @param receivedAt Server clock at receipt, epoch ms.
 */
export function clockCorrection(sentAt: number, receivedAt: number): (time: number) => number {
  const difference = receivedAt - sentAt;
  const offset = Math.abs(difference) > CLOCK_TOLERANCE ? difference : 0;
  return (time) => Math.round(Math.min(receivedAt, Math.max(receivedAt - MAX_AGE, time + offset)));
}

function toViewRow(
  view: ViewDocument,
  { release, environment, context = {} }: Envelope,
  origin: BatchOrigin,
  correct: (time: number) => number,
): ViewRow {
  const { vitals } = view;
  return {
    app: origin.app,
    id: view.id,
    revision: view.revision,
    startedAt: correct(view.startedAt),
    receivedAt: origin.receivedAt,
    visitor: origin.visitor,
    route: toPath(view.route),
    path: toPath(view.path),
    router: view.router,
    navigationType: view.navigationType,
    previousViewId: view.previousViewId ?? null,
    referrer: view.referrer === undefined ? null : toOrigin(view.referrer),
    release: release ?? null,
    environment: environment ?? null,
    country: origin.country,
    device: origin.device,
    browser: origin.browser,
    os: origin.os,
    connection: context.connection ?? null,
    language: context.language ?? null,
    viewportWidth: context.viewportWidth ?? null,
    viewportHeight: context.viewportHeight ?? null,
    automated: context.automated ?? false,
    traceId: view.traceId ?? null,
    duration: view.duration ?? null,
    lcp: vitals.lcp?.value ?? null,
    inp: vitals.inp?.value ?? null,
    cls: vitals.cls?.value ?? null,
    fcp: vitals.fcp?.value ?? null,
    ttfb: vitals.ttfb?.value ?? null,
    attribution: attributionOf(vitals),
    sample: origin.sample,
  };
}

function attributionOf(vitals: ViewDocument['vitals']): string | null {
  const byVital: Record<string, Vital['attribution']> = {};
  let any = false;
  for (const [name, vital] of Object.entries(vitals)) {
    if (vital.attribution === undefined) continue;
    any = true;
    const scrubbed = emptyMap<string | number>();
    for (const [key, value] of Object.entries(vital.attribution)) {
      scrubbed[key] = typeof value === 'string' ? scrub(withoutQuery(value)) : value;
    }
    byVital[name] = scrubbed;
  }
  return any ? JSON.stringify(byVital) : null;
}

function toEventRow(event: RumEvent, origin: BatchOrigin, correct: (time: number) => number): EventRow {
  return {
    app: origin.app,
    id: event.id,
    viewId: event.viewId,
    type: event.type,
    name: event.type === 'loss' ? event.reason : scrub(event.name),
    occurredAt: correct(event.at),
    receivedAt: origin.receivedAt,
    visitor: origin.visitor,
    route: toPath(event.route),
    data: dataOf(event),
    sample: origin.sample,
  };
}

function dataOf(event: RumEvent): string | null {
  switch (event.type) {
    case 'custom':
      return event.properties === undefined
        ? null
        : JSON.stringify({ properties: scrubProperties(event.properties) });
    case 'error':
      return JSON.stringify({
        message: scrub(event.message),
        source: event.source,
        ...(event.stack !== undefined && { stack: scrub(event.stack) }),
      });
    case 'loss':
      return JSON.stringify({ count: event.count });
    default:
      return event satisfies never;
  }
}

function scrubProperties(properties: Properties): Properties {
  const scrubbed = emptyMap<PropertyValue>();
  for (const [key, value] of Object.entries(properties)) scrubbed[scrub(key)] = scrubValue(value);
  return scrubbed;
}

function scrubValue(value: PropertyValue): PropertyValue {
  if (typeof value === 'string') return scrub(value);
  if (typeof value !== 'object' || value === null) return value;
  return isList(value) ? value.map(scrubValue) : scrubProperties(value);
}

/** `Array.isArray` does not narrow readonly arrays. https://github.com/microsoft/TypeScript/issues/17002 */
function isList(value: object): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

/** Route or path without query and fragment, and without the personal data that some apps put into paths. */
function toPath(path: string): string {
  const end = path.search(/[?#]/);
  return scrub(end === -1 ? path : path.slice(0, end)) || '/';
}

/** A URL in an attribution, such as the LCP image's, loses its query; a CSS selector keeps its `#`. */
function withoutQuery(text: string): string {
  return /^(?:https?:\/)?\//i.test(text) ? text.replace(/[?#].*$/s, '') : text;
}

function toOrigin(referrer: string): string | null {
  if (/^https?:\/\/[\w.-]+(?::\d+)?$/.test(referrer)) return referrer;
  if (!/^https?:\/\//i.test(referrer) || !URL.canParse(referrer)) return null;
  return new URL(referrer).origin;
}
