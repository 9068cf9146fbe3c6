import type { Properties, RumEvent, ViewDocument, Vital } from '@rumkit/react-rum/protocol';
import type { EventRow, ViewRow } from '../store/rows.js';
import { emptyMap } from './emptyMap.js';
import { eventFields } from './eventFields.js';
import type { Envelope, ParsedBatch } from './parseBatch.js';
import { scrub } from './scrub.js';
import { scrubProperties } from './scrubProperties.js';
import { scrubPointer, toOrigin, toPath } from './scrubUrl.js';
import { type ServerClock, serverClock } from './serverClock.js';
import type { UserAgentFacts } from './userAgent.js';
import type { VisitorOf } from './visitor.js';

/** What the collector knows of a batch that the batch does not say. */
export interface BatchOrigin extends Omit<UserAgentFacts, 'bot'> {
  /** Application id that the rows are stored under. */
  readonly app: string;
  /** Epoch ms on the server's clock. */
  readonly receivedAt: number;
  readonly visitorOf: VisitorOf;
  readonly country: string | null;
  readonly sample: boolean;
  /** Whether rows may say who the visitor is; without it the batch's `user` is left out. */
  readonly identified: boolean;
}

/** Turns a parsed batch into rows, in the batch's order. Pure. */
export function toRows(
  { envelope, views, events }: ParsedBatch,
  origin: BatchOrigin,
): { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] } {
  const clock = serverClock(envelope.sentAt, origin.receivedAt);
  const shared = sharedFacts(envelope, origin);
  return {
    views: views.map(({ value }) => toViewRow(value, shared, clock)),
    events: events.map(({ value }) => toEventRow(value, shared, clock)),
  };
}

/** What all rows of a batch have in common, made once. */
interface SharedFacts {
  readonly origin: BatchOrigin;
  readonly envelope: Envelope;
  readonly sampleRate: number | null;
  readonly kept: boolean;
  readonly userId: string | null;
  readonly userTraits: string | null;
  readonly attributes: Properties;
}

function sharedFacts(envelope: Envelope, origin: BatchOrigin): SharedFacts {
  const { sampleRate = 1, kept = false, attributes = {} } = envelope;
  const user = origin.identified ? envelope.user : undefined;
  return {
    origin,
    envelope,
    sampleRate: sampleRate < 1 ? sampleRate : null,
    kept,
    userId: user === undefined ? null : scrub(user.id),
    userTraits: user?.traits === undefined ? null : toJson(scrubProperties(user.traits)),
    attributes: scrubProperties(attributes),
  };
}

// Rows are written out field by field: spreading objects into them took as long as all else that is done to an item.

function toViewRow(view: ViewDocument, shared: SharedFacts, clock: ServerClock): ViewRow {
  const { origin, envelope } = shared;
  const { context = {} } = envelope;
  const { vitals } = view;
  const startedAt = clock.timeOf(view.startedAt);
  return {
    app: origin.app,
    id: view.id,
    revision: view.revision,
    startedAt,
    receivedAt: origin.receivedAt,
    visitor: origin.visitorOf(startedAt),
    route: toPath(view.route),
    path: toPath(view.path),
    router: view.router,
    navigationType: view.navigationType,
    previousViewId: view.previousViewId ?? null,
    referrer: view.referrer === undefined ? null : toOrigin(view.referrer),
    release: envelope.release ?? null,
    environment: envelope.environment ?? null,
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
    visibleDuration: view.visibleDuration ?? null,
    loadingTime: view.loadingTime ?? null,
    routeChangeTime: view.routeChangeTime ?? null,
    blockedTime: view.blockedTime ?? null,
    scrollDepth: view.scrollDepth ?? null,
    redirectedFrom: view.redirectedFrom === undefined ? null : toPath(view.redirectedFrom),
    redirectCount: view.redirectCount ?? null,
    deviceMemory: context.deviceMemory ?? null,
    cores: context.cores ?? null,
    reducedMotion: context.reducedMotion ?? null,
    darkMode: context.darkMode ?? null,
    sampleRate: shared.sampleRate,
    kept: shared.kept,
    userId: shared.userId,
    userTraits: shared.userTraits,
    utm: view.utm === undefined ? null : toJson(scrubProperties(view.utm)),
    counts: view.counts === undefined ? null : toJson(scrubProperties(view.counts)),
    attributes: toJson(attributesOf(view, shared)),
    clock: clock.flagOf(view.startedAt),
  };
}

/** What was said of the view goes before what was said of its page. */
function attributesOf(view: ViewDocument, shared: SharedFacts): Properties {
  if (view.attributes === undefined) return shared.attributes;
  return { ...shared.attributes, ...scrubProperties(view.attributes) };
}

/** JSON text; null where there is nothing to say. */
function toJson(properties: Properties): string | null {
  const json = JSON.stringify(properties);
  return json === '{}' ? null : json;
}

function attributionOf(vitals: ViewDocument['vitals']): string | null {
  const byVital: Record<string, Vital['attribution']> = {};
  let any = false;
  for (const [name, vital] of Object.entries(vitals)) {
    if (vital.attribution === undefined) continue;
    any = true;
    const scrubbed = emptyMap<string | number>();
    for (const [key, value] of Object.entries(vital.attribution)) {
      scrubbed[key] = typeof value === 'string' ? scrubPointer(value) : value;
    }
    byVital[name] = scrubbed;
  }
  return any ? JSON.stringify(byVital) : null;
}

function toEventRow(event: RumEvent, shared: SharedFacts, clock: ServerClock): EventRow {
  const { origin } = shared;
  const { type, name, duration, data } = eventFields(event);
  const occurredAt = clock.timeOf(event.at);
  return {
    app: origin.app,
    id: event.id,
    viewId: event.viewId,
    type,
    name,
    occurredAt,
    receivedAt: origin.receivedAt,
    visitor: origin.visitorOf(occurredAt),
    route: toPath(event.route),
    data,
    sample: origin.sample,
    duration,
    sampleRate: shared.kept ? 0 : shared.sampleRate,
    clock: clock.flagOf(event.at),
  };
}
