import type { StoredEvent } from '../../store/latestStore.js';
import type { ViewRow } from '../../store/rows.js';
import type { RumStore, ViewRange } from '../../store/store.js';
import type { LiveEvent, LiveResponse, LiveView } from '../api.js';
import { apiError, json } from '../respond.js';
import { type Asked, type DataRoute, resolve } from './dataRoute.js';
import { LIVE_EVENTS } from './liveEvents.js';
import { eventStream } from './liveStream.js';
import { sharedReads } from './sharedReads.js';

const MAX_VIEWS = 100;
const MAX_EVENTS = 50;
/** ms */
const SPAN = 30 * 60_000;
/** Streams of one process; whoever comes then asks again and again instead. */
const MAX_STREAMS = 100;
/** Viewers who ask the same within so many ms are told the same. */
const SHARED_FOR = 400;

/** Who is there now and what they do: once, or with `stream` again and again as server-sent events. */
export const live: DataRoute = async (asked) => {
  const { parameters, clock, serverless } = asked;
  const look = lookOf(asked);
  if (!parameters.has('stream')) return json(200, await look(clock()));
  if (serverless || streams >= MAX_STREAMS) {
    const reason = serverless ? 'a serverless host keeps no streams' : 'too many streams';
    return apiError(503, { error: 'unavailable', message: `${reason}: ask again and again without stream` });
  }
  // What fails at once is answered as a failure, which a browser does not take for a stream that ended.
  await look(clock());
  streams += 1;
  return eventStream(asked, look, () => {
    streams -= 1;
  });
};

let streams = 0;
const share = sharedReads<RumStore, LiveResponse>(SHARED_FOR);

/** @throws {InvalidParameter} */
function lookOf(asked: Asked): (now: number) => Promise<LiveResponse> {
  const { store } = asked;
  const { views } = resolve(asked);
  const key = JSON.stringify([views.app, views.where]);
  return (now) => share(store, key, () => read(store, views, now));
}

async function read(store: RumStore, { app, where }: ViewRange, now: number): Promise<LiveResponse> {
  const range = { app, where, from: now - SPAN, to: now + 1 };
  const [rows, { events }, { seconds, visitors, countries }] = await Promise.all([
    store.views(range, MAX_VIEWS),
    store.latestEvents(range, LIVE_EVENTS, MAX_EVENTS),
    store.presence(range),
  ]);
  return {
    now,
    visitors,
    seconds: seconds.map(({ t, views }) => [t, views]),
    countries,
    views: rows.map(toLiveView),
    events: events.map(toLiveEvent),
  };
}

function toLiveView(row: ViewRow): LiveView {
  const { id, startedAt, route, path, navigationType, device, browser, country, sample } = row;
  const { lcp, inp, cls, fcp, ttfb } = row;
  return {
    id,
    startedAt,
    route,
    path,
    navigationType,
    device,
    browser,
    country,
    vitals: { lcp, inp, cls, fcp, ttfb },
    sample,
  };
}

function toLiveEvent({ id, occurredAt, type, name, route }: StoredEvent): LiveEvent {
  return { id, at: occurredAt, type: LIVE_EVENTS.find((known) => known === type) ?? 'custom', name, route };
}
