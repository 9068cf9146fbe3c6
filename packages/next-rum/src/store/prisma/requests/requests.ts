import { requestSpread, statusOf } from '../../../analysis/requests/requestDetail.js';
import { type RequestEvent, sizeOf } from '../../../analysis/requests/requestFigures.js';
import { type RequestFilter, requestsOf, requestsWith } from '../../../analysis/requests/requestsOf.js';
import type { SampledTold, StoredEvent } from '../../latestStore.js';
import type { RequestDetail, RequestGroups, RequestOccurrence } from '../../requestStore.js';
import type { ViewRange } from '../../store.js';
import { dataOf } from '../latest/readEvents.js';
import { sampledEvents } from '../latest/sampledEvents.js';
import { type ViewFacts, viewFacts } from '../latest/viewFacts.js';
import type { Source } from '../rollup/rollupCells.js';

const MAX_SHOWN = 20;

/** @see {@link RumStore.requests} */
export async function requests(
  source: Source,
  range: ViewRange,
  filter: RequestFilter,
): Promise<RequestGroups> {
  const { events, told } = await latestRequests(source, range);
  return { ...requestsOf(events, filter), told };
}

/** @see {@link RumStore.request} */
export async function request(source: Source, range: ViewRange, key: string): Promise<RequestDetail | null> {
  const { events, told } = await latestRequests(source, range);
  const found = requestsWith(events, key);
  if (found === null) return null;
  const shown = found.events.slice(0, MAX_SHOWN);
  const facts = await viewFacts(
    source,
    { app: range.app },
    shown.map(({ viewId }) => viewId),
  );
  return {
    ...found.row,
    ...requestSpread(found.events),
    told,
    occurrences: shown.map((event) => occurrenceOf(event, facts.get(event.viewId))),
  };
}

interface Request extends RequestEvent {
  readonly id: string;
  readonly occurredAt: number;
}

async function latestRequests(
  source: Source,
  range: ViewRange,
): Promise<{ readonly events: readonly Request[]; readonly told: SampledTold }> {
  const { events, told } = await sampledEvents(source, range, ['resource']);
  return { events: events.map(toRequest), told };
}

function toRequest(event: StoredEvent): Request {
  const { id, occurredAt, name, viewId, route, duration } = event;
  return { id, occurredAt, name, viewId, route, duration, said: dataOf(event) };
}

function occurrenceOf(event: Request, facts: ViewFacts | undefined): RequestOccurrence {
  const { id, occurredAt, viewId, route, duration, said } = event;
  return {
    id,
    at: occurredAt,
    viewId,
    route,
    duration,
    status: statusOf(event),
    bytes: sizeOf(event),
    cached: said.cached === true,
    protocol: typeof said.protocol === 'string' ? said.protocol : null,
    browser: facts?.browser ?? null,
    country: facts?.country ?? null,
  };
}
