import {
  type Batch,
  type BatchError,
  type BatchReceipt,
  LIMITS,
  type RejectedItem,
} from '@rumkit/react-rum/protocol';
import type { RumStore } from '../store/store.js';
import { clientAddress, countryOf } from './clientFacts.js';
import { DEFAULT_APP, type RumConfig } from './config.js';
import { ingestOf, type RowOutcome } from './ingest.js';
import { type Log, reasonOf } from './log.js';
import { corsHeaders, type OriginVerdict, originOf, PREFLIGHT_HEADERS } from './origin.js';
import { type ParsedBatch, type Placed, parseBatch } from './parseBatch.js';
import { readBody } from './readBody.js';
import { batchError, json } from './respond.js';
import { storeFailure } from './storeFailure.js';
import { toRows } from './toRows.js';
import { createUserAgentParser } from './userAgent.js';
import { createVisitorHash } from './visitor.js';

/** What the collector works with. */
export interface CollectorParts {
  readonly config: RumConfig;
  readonly store: () => Promise<RumStore>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
  /** Marks every row as sample data. */
  readonly sample: boolean;
}

const BODY_LIMITS = {
  wireBytes: LIMITS.wireBytes,
  inflatedBytes: LIMITS.inflatedBytes,
  // text/plain is what sendBeacon sends a string as.
  mediaTypes: ['application/json', 'text/plain'],
};

/** Seconds that an agent is asked to wait: a full queue is written within one, a database takes longer to come back. */
const RETRY_FULL = '1';
const RETRY_UNAVAILABLE = '5';

/** Makes the handler of `POST {endpoint}/batch`. */
export function createCollector({
  config,
  store,
  now,
  log,
  sample,
}: CollectorParts): (request: Request) => Promise<Response> {
  const parseUserAgent = createUserAgentParser();
  const visitorOf = createVisitorHash(config.privacy);

  return async (request) => {
    const { headers } = request;
    const verdict = originOf(headers, config.allowedOrigins);
    const cors = corsHeaders(verdict);
    const refuse = (status: number, error: BatchError) => {
      log('batch_refused', { status, error: error.error, message: error.message });
      return batchError(status, error, cors);
    };
    const retryLater = (message: string, seconds: string) =>
      batchError(503, { error: 'unavailable', message }, { ...cors, 'retry-after': seconds });

    if (verdict.kind === 'refused') return refuse(403, originRefusal(verdict));
    try {
      const database = await store();
      const ingest = ingestOf(database);
      if (ingest.full()) return retryLater('the collector is busy', RETRY_FULL);

      const body = await readBody(request, BODY_LIMITS);
      if (!body.ok) return refuse(body.status, { error: body.error, message: body.message });
      const input = parseJson(body.text);
      if (input === NOT_JSON) return refuse(400, { error: 'malformed', message: 'the body is not JSON' });
      const parsed = parseBatch(input);
      if (!parsed.ok) return refuse(parsed.status, parsed.error);

      const { batch } = parsed;
      const receivedAt = Math.floor(now());
      const userAgent = headers.get('user-agent') ?? '';
      const app = appOf(batch.envelope, config);
      const sender = {
        app,
        sessionId: batch.envelope.sessionId,
        address: clientAddress(headers, config.trustedProxyHops),
        userAgent,
      };
      const rows = toRows(batch, {
        app,
        receivedAt,
        visitor: await visitorOf(database, sender, receivedAt),
        country: countryOf(headers),
        sample,
        identified: config.privacy === 'consent',
        ...parseUserAgent(userAgent),
      });
      const result = await ingest.submit(rows);
      if (result.kind === 'full') return retryLater('the collector is busy', RETRY_FULL);
      if (result.kind === 'failed') throw result.cause;
      const receipt = receiptOf(batch, result);
      const poison = receipt.rejected.length - batch.rejected.length;
      if (poison > 0) log('rows_refused_by_database', { rows: poison });
      return json(202, receipt, cors);
    } catch (error) {
      const code = storeFailure(error);
      log('batch_failed', { code, reason: reasonOf(error) });
      const cause = code === 'unavailable' ? 'the database cannot be reached' : 'the collector failed';
      return retryLater(`${cause}; send the same batch again`, RETRY_UNAVAILABLE);
    }
  };
}

/** Makes the handler of `OPTIONS {endpoint}/batch`, the question a browser asks before a cross-origin batch. */
export function createPreflight({ config, log }: CollectorParts): (request: Request) => Promise<Response> {
  return async (request) => {
    const verdict = originOf(request.headers, config.allowedOrigins);
    if (verdict.kind === 'refused') {
      const error = originRefusal(verdict);
      log('batch_refused', { status: 403, error: error.error, message: error.message });
      return batchError(403, error);
    }
    const headers = verdict.kind === 'allowed' ? { ...corsHeaders(verdict), ...PREFLIGHT_HEADERS } : {};
    return new Response(null, { status: 204, headers: { allow: 'POST, OPTIONS', ...headers } });
  };
}

/** An agent that was told no name belongs to the app whose collector it talks to. */
function appOf({ app }: Pick<Batch, 'app'>, config: RumConfig): string {
  return app === DEFAULT_APP ? config.app : app;
}

const NOT_JSON = Symbol('not JSON');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the body, which is a stranger's; the answer names the fault.
    return NOT_JSON;
  }
}

function originRefusal({ origin }: Extract<OriginVerdict, { kind: 'refused' }>): BatchError {
  return {
    error: 'origin_not_allowed',
    message: `origin ${origin.slice(0, 256)} may not post here; allow it with defineRum({ allowedOrigins })`,
  };
}

function receiptOf(
  batch: ParsedBatch,
  outcomes: { readonly views: readonly RowOutcome[]; readonly events: readonly RowOutcome[] },
): BatchReceipt {
  const rejected: RejectedItem[] = [...batch.rejected];
  let accepted = 0;
  let duplicate = 0;
  const count = (
    kind: RejectedItem['kind'],
    items: readonly Placed<{ readonly id: string }>[],
    results: readonly RowOutcome[],
  ) => {
    for (const [position, { index, value }] of items.entries()) {
      switch (results[position]) {
        case 'accepted':
          accepted += 1;
          break;
        case 'duplicate':
          duplicate += 1;
          break;
        default:
          rejected.push({
            kind,
            index,
            id: value.id,
            reason: 'storage',
            message: 'the database refuses this item',
          });
      }
    }
  };
  count('view', batch.views, outcomes.views);
  count('event', batch.events, outcomes.events);
  return { accepted, duplicate, rejected };
}
