import { type Batch, LIMITS } from '@rumkit/react-rum/protocol';
import type { RumStore } from '../store/store.js';
import { type Answer, deferred, refused, respondTo } from './answer.js';
import { botsOf } from './bots.js';
import { clientAddress } from './clientAddress.js';
import type { ClientHints } from './clientHints.js';
import { DEFAULT_APP, type RumConfig } from './config.js';
import { createCountryOf } from './country.js';
import { DeadlineError, sharedDeadline } from './deadline.js';
import { type Ingest, ingestOf } from './ingest.js';
import { createLabelCap } from './labelCap.js';
import { type Log, reasonOf } from './log.js';
import type { Meter } from './meter.js';
import { corsHeaders, originOf } from './origin.js';
import { type ParsedBatch, parseBatch } from './parseBatch.js';
import { originRefusal } from './preflight.js';
import { createRateLimit } from './rateLimit.js';
import { readBody } from './readBody.js';
import { acceptedOf, receiptOf } from './receipt.js';
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
/** ms that one request waits for the database, to be let in and for its commit together. All else, on a busy machine, has the rest of 5 s. */
const DATABASE_DEADLINE = 4000;

/** Who sent a request, and how much. */
interface Sent {
  readonly headers: Headers;
  readonly address: string;
  readonly holder: KeyHolder;
  /** Length of the inflated body. */
  readonly bytes: number;
}

interface Entrance {
  readonly database: RumStore;
  readonly ingest: Ingest;
}

/** Makes the handler of `POST {endpoint}/batch`. */
export function createCollector(parts: CollectorParts): (request: Request) => Promise<Response> {
  const { config, log, meter } = parts;
  const collect = createCollect(parts);
  return async (request) => {
    const verdict = originOf(request.headers, config.allowedOrigins);
    const answer = await (verdict.kind === 'refused' ? originRefusal(verdict) : collect(request));
    meter.count(answer.kind === 'refused' ? { kind: 'refused', reason: answer.error.error } : answer);
    return respondTo(answer, corsHeaders(verdict), log);
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

  /** Null where there is no room; a number: seconds until there is for this sender. */
  async function enter({ holder, address }: Sent): Promise<Entrance | null | number> {
    const database = await store();
    const wait = await rateLimit.take(database, holder.id, address);
    if (wait > 0) return wait;
    const ingest = ingestOf(database);
    return ingest.full() || reading >= MAX_READING ? null : { database, ingest };
  }

  /** @param isLate Whether the sender has been told to come again meanwhile. */
  async function write(
    { database, ingest }: Entrance,
    batch: ParsedBatch,
    sent: Sent,
    isLate: () => boolean,
  ) {
    const { rows, isBot } = await rowsOf(batch, sent, database);
    const result = await ingest.submit(rows, sent.bytes);
    if (isLate()) meter.countLate(acceptedOf(result));
    return { result, rows, isBot };
  }

  return async (request: Request): Promise<Answer> => {
    if (draining()) return DRAINING;
    const holder = keyOf(request);
    if (holder === null) return KEY_REFUSAL;
    const { headers } = request;
    const sent = { headers, holder, address: clientAddress(headers, config.trustedProxyHops), bytes: 0 };
    const inTime = sharedDeadline(DATABASE_DEADLINE);
    try {
      const entrance = await inTime(enter(sent));
      if (entrance === null) return BUSY;
      if (typeof entrance === 'number') return { ...RATE_LIMITED, retryAfter: entrance };

      const body = await read(request);
      if (!body.ok && body.status === 408) return deferred('timeout', body.message);
      if (!body.ok) return refused(body.status, { error: body.error, message: body.message });
      const input = parseJson(body.text);
      if (input === NOT_JSON) return refused(400, { error: 'malformed', message: 'the body is not JSON' });
      const parsed = parseBatch(input);
      if (!parsed.ok) return refused(parsed.status, parsed.error);
      if (draining()) return DRAINING;

      const { batch } = parsed;
      sent.bytes = body.text.length;
      let late = false;
      const writing = write(entrance, batch, sent, () => late);
      const { result, rows, isBot } = await inTime(writing, () => {
        late = true;
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

const DRAINING = deferred('draining', 'this instance is about to end');
const BUSY = deferred('busy', 'the collector is busy');
const RATE_LIMITED = deferred('rate_limited', 'more batches than are allowed in a minute');

const KEY_REFUSAL = refused(403, {
  error: 'key_not_allowed',
  message: 'the write key is missing or not one of defineRum({ keys }); send it as x-rum-key or ?key=',
});
