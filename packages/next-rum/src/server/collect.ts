import { type Batch, type BatchError, LIMITS } from '@rumkit/react-rum/protocol';
import type { RumStore } from '../store/store.js';
import { botsOf } from './bots.js';
import { clientAddress } from './clientAddress.js';
import type { ClientHints } from './clientHints.js';
import { DEFAULT_APP, type RumConfig } from './config.js';
import { createCountryOf } from './country.js';
import { DeadlineError, withDeadline } from './deadline.js';
import { ingestOf } from './ingest.js';
import { createLabelCap } from './labelCap.js';
import { type Log, reasonOf } from './log.js';
import type { Deferral, Meter, RowMarks } from './meter.js';
import { corsHeaders, type OriginVerdict, originOf, PREFLIGHT_HEADERS } from './origin.js';
import { type ParsedBatch, parseBatch } from './parseBatch.js';
import { createRateLimit } from './rateLimit.js';
import { readBody } from './readBody.js';
import { acceptedOf, receiptOf } from './receipt.js';
import { batchError, json } from './respond.js';
import { marksOf } from './rowMarks.js';
import { storeFailure } from './storeFailure.js';
import { toRows } from './toRows.js';
import { createUserAgentParser } from './userAgent.js';
import { createVisitorHash } from './visitor.js';
import { createKeyCheck, type KeyHolder } from './writeKeys.js';

/** What the collector works with. */
export interface CollectorParts {
  readonly config: RumConfig;
  readonly store: () => Promise<RumStore>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
  /** Marks every row as sample data. */
  readonly sample: boolean;
  readonly meter: Meter;
  /** True once the process is to end: what comes from then on is for another instance. */
  readonly draining: () => boolean;
}

const BODY_LIMITS = {
  wireBytes: LIMITS.wireBytes,
  inflatedBytes: LIMITS.inflatedBytes,
  // text/plain is what sendBeacon sends a string as.
  mediaTypes: ['application/json', 'text/plain'],
  timeoutMs: 30_000,
};
/** Bodies read at once: a thousand senders that dawdle hold 128 MiB. */
const MAX_READING = 1000;
/** ms that one request waits for the database in all. */
const DATABASE_BUDGET = 4500;

/** What is said about a batch. */
type Answer =
  | { readonly kind: 'accepted'; readonly receipt: ReturnType<typeof receiptOf>; readonly marks: RowMarks }
  | { readonly kind: 'refused'; readonly status: number; readonly error: BatchError }
  | {
      readonly kind: 'deferred';
      readonly reason: Deferral;
      readonly message: string;
      /** Seconds, where they are known better than from the reason. */
      readonly retryAfter?: number;
    };

/** What of a request is known before its body. */
interface Sent {
  readonly headers: Headers;
  readonly address: string;
  readonly holder: KeyHolder;
}

/** Status, and seconds that an agent is asked to wait: a full queue is written within one, a database takes longer. */
const DEFERRALS: { readonly [reason in Deferral]: { readonly status: number; readonly retryAfter: string } } =
  {
    busy: { status: 503, retryAfter: '1' },
    draining: { status: 503, retryAfter: '5' },
    rate_limited: { status: 429, retryAfter: '60' },
    timeout: { status: 408, retryAfter: '1' },
    unavailable: { status: 503, retryAfter: '5' },
    failed: { status: 503, retryAfter: '5' },
  };

/** Makes the handler of `POST {endpoint}/batch`. */
export function createCollector(parts: CollectorParts): (request: Request) => Promise<Response> {
  const { config, log, meter } = parts;
  const collect = createCollect(parts);
  return async (request) => {
    const verdict = originOf(request.headers, config.allowedOrigins);
    const answer = await (verdict.kind === 'refused' ? originRefusal(verdict) : collect(request));
    meter.count(answer.kind === 'refused' ? { kind: 'refused', reason: answer.error.error } : answer);
    const cors = corsHeaders(verdict);
    switch (answer.kind) {
      case 'accepted':
        return json(202, answer.receipt, cors);
      case 'refused': {
        const { status, error } = answer;
        log('batch_refused', { status, error: error.error, message: error.message });
        return batchError(status, error, cors);
      }
      case 'deferred': {
        const { reason, message } = answer;
        const { status, retryAfter } = DEFERRALS[reason];
        const error = reason === 'rate_limited' ? reason : 'unavailable';
        const seconds = answer.retryAfter === undefined ? retryAfter : String(answer.retryAfter);
        return batchError(status, { error, message }, { ...cors, 'retry-after': seconds });
      }
      default:
        return answer satisfies never;
    }
  };
}

function createCollect({ config, store, now, log, sample, meter, draining }: CollectorParts) {
  const parseUserAgent = createUserAgentParser();
  const countryOf = createCountryOf(config.countryDatabase, log);
  const visitorOf = createVisitorHash(config.privacy);
  const labelCap = createLabelCap(config.labels, config.app);
  const keyOf = createKeyCheck(config.keys, config.app);
  const rateLimit = createRateLimit(sample ? null : config.rateLimit);
  let reading = 0;

  async function read(request: Request) {
    reading += 1;
    try {
      return await readBody(request, BODY_LIMITS);
    } finally {
      reading -= 1;
    }
  }

  async function rowsOf(batch: ParsedBatch, sent: Sent, database: RumStore) {
    const { headers, address, holder } = sent;
    const { envelope } = batch;
    const receivedAt = Math.floor(now());
    const day = new Date(receivedAt).toISOString().slice(0, 10);
    const userAgent = headers.get('user-agent') ?? '';
    const { bot, ...client } = parseUserAgent(userAgent, hintsOf(headers));
    const isBot = bot || envelope.context?.automated === true;
    const named = holder.app ?? appOf(envelope, config);
    const admitted = sample || holder.app !== null ? named : await labelCap.app(database, named, day);
    const app = isBot && config.bots === 'apart' ? botsOf(admitted) : admitted;
    const sender = {
      app,
      sessionId: envelope.sessionId,
      address,
      userAgent,
    };
    const rows = toRows(batch, {
      app,
      receivedAt,
      visitor: await visitorOf(database, sender, receivedAt),
      country: await countryOf(headers, address),
      sample,
      identified: config.privacy === 'consent',
      ...client,
    });
    // Sample data is of past days, and its routes are known.
    return { rows: sample ? rows : await labelCap.rows(database, rows, day), isBot };
  }

  return async (request: Request): Promise<Answer> => {
    if (draining()) return deferred('draining', 'this instance is about to end');
    const holder = keyOf(request);
    if (holder === null) return KEY_REFUSAL;
    const { headers } = request;
    const address = clientAddress(headers, config.trustedProxyHops);
    const within = budget(DATABASE_BUDGET);
    try {
      const database = await within(store());
      const ingest = ingestOf(database);
      const wait = await within(rateLimit.take(database, holder.id, address));
      if (wait > 0) return { ...RATE_LIMITED, retryAfter: wait };
      if (ingest.full() || reading >= MAX_READING) return BUSY;

      const body = await read(request);
      if (!body.ok && body.status === 408) return deferred('timeout', body.message);
      if (!body.ok) return refused(body.status, { error: body.error, message: body.message });
      const input = parseJson(body.text);
      if (input === NOT_JSON) return refused(400, { error: 'malformed', message: 'the body is not JSON' });
      const parsed = parseBatch(input);
      if (!parsed.ok) return refused(parsed.status, parsed.error);

      const { batch } = parsed;
      const { rows, isBot } = await within(rowsOf(batch, { headers, address, holder }, database));
      const submission = ingest.submit(rows, body.text.length);
      const result = await within(submission).catch((error: unknown) => {
        if (error instanceof DeadlineError) void submission.then((late) => meter.countLate(acceptedOf(late)));
        throw error;
      });
      if (result.kind === 'full') return BUSY;
      if (result.kind === 'failed') throw result.cause;
      const receipt = receiptOf(batch, result);
      const poison = receipt.rejected.length - batch.rejected.length;
      if (poison > 0) log('rows_refused_by_database', { rows: poison });
      return { kind: 'accepted', receipt, marks: marksOf(rows, isBot) };
    } catch (error) {
      const code = error instanceof DeadlineError ? 'unavailable' : storeFailure(error);
      log('batch_failed', { code, reason: reasonOf(error) });
      return code === 'unavailable'
        ? deferred('unavailable', 'the database cannot be reached; send the same batch again')
        : deferred('failed', 'the collector failed; send the same batch again');
    }
  };
}

/** Makes the handler of `OPTIONS {endpoint}/batch`, the question a browser asks before a cross-origin batch. */
export function createPreflight({
  config,
  log,
}: Pick<CollectorParts, 'config' | 'log'>): (request: Request) => Promise<Response> {
  return async (request) => {
    const verdict = originOf(request.headers, config.allowedOrigins);
    if (verdict.kind === 'refused') {
      const { error } = originRefusal(verdict);
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

function hintsOf(headers: Headers): ClientHints {
  return {
    brands: headers.get('sec-ch-ua') ?? '',
    mobile: headers.get('sec-ch-ua-mobile') ?? '',
    platform: headers.get('sec-ch-ua-platform') ?? '',
  };
}

/** Waits of one request that together may take `ms`. */
function budget(ms: number): <T>(work: Promise<T>) => Promise<T> {
  let left = ms;
  return async (work) => {
    const began = performance.now();
    try {
      return await withDeadline(work, Math.max(1, left));
    } finally {
      left -= performance.now() - began;
    }
  };
}

function deferred(reason: Deferral, message: string): Extract<Answer, { kind: 'deferred' }> {
  return { kind: 'deferred', reason, message };
}
const BUSY = deferred('busy', 'the collector is busy');
const RATE_LIMITED = deferred('rate_limited', 'more batches than are allowed in a minute');

function refused(status: number, error: BatchError): Extract<Answer, { kind: 'refused' }> {
  return { kind: 'refused', status, error };
}

const KEY_REFUSAL = refused(403, {
  error: 'key_not_allowed',
  message: 'the write key is missing or not one of defineRum({ keys }); send it as x-rum-key or ?key=',
});

function originRefusal({ origin }: Extract<OriginVerdict, { kind: 'refused' }>) {
  return refused(403, {
    error: 'origin_not_allowed',
    message: `origin ${origin.slice(0, 256)} may not post here; allow it with defineRum({ allowedOrigins })`,
  });
}
