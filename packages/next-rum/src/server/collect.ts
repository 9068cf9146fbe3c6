import { LIMITS } from '@rumkit/react-rum/protocol';
import type { RumStore } from '../store/store.js';
import type { StoreErrorCode } from '../store/storeError.js';
import { type Answer, deferred, refused, respondTo } from './answer.js';
import { clientAddress, isDirect } from './clientAddress.js';
import type { RumConfig } from './config.js';
import { connectionAddress } from './connectionAddress.js';
import { DeadlineError, sharedDeadline } from './deadline.js';
import { type Intake, type IntakeResult, letterHeaders } from './intake.js';
import { type Log, reasonOf } from './log.js';
import type { Meter } from './meter.js';
import { corsHeaders, originOf } from './origin.js';
import { originRefusal } from './preflight.js';
import { createRateLimit } from './rateLimit.js';
import { type Body, readBody } from './readBody.js';
import { createReadingSlots } from './readingSlots.js';
import { storeFailure } from './storeFailure.js';
import { createKeyCheck, type KeyHolder } from './writeKeys.js';

/** What the collector works with. */
export interface CollectorParts {
  readonly config: RumConfig;
  readonly store: () => Promise<RumStore>;
  /** Gives what makes rows of batches, or rejects as `store` does. */
  readonly intake: () => Promise<Intake>;
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
  timeoutMs: 10_000,
};
/** ms that one request waits for the database, to be let in and for its commit together. All else, on a busy machine, has the rest of 5 s. */
const DATABASE_DEADLINE = 4000;

/** Who sent a request. */
interface Sent {
  readonly address: string;
  readonly holder: KeyHolder;
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

function createCollect({ config, store, intake, now, log, sample, meter, draining }: CollectorParts) {
  const keyOf = createKeyCheck(config.keys, config.app);
  const rateLimit = createRateLimit(sample ? null : config.rateLimit);
  const slots = createReadingSlots();

  /** Null where there is no slot for this sender. */
  async function read(request: Request, address: string): Promise<Body | null> {
    const release = slots.take(address);
    if (release === null) return null;
    try {
      return await readBody(request, BODY_LIMITS);
    } finally {
      release();
    }
  }

  /** Null where there is no room; a number: seconds until there is for this sender. */
  async function enter({ holder, address }: Sent): Promise<Intake | null | number> {
    const wait = await rateLimit.take(await store(), holder.id, address);
    if (wait > 0) return wait;
    const entered = await intake();
    return entered.full() ? null : entered;
  }

  return async (request: Request): Promise<Answer> => {
    if (draining()) return DRAINING;
    const holder = keyOf(request);
    if (holder === null) return KEY_REFUSAL;
    const { headers } = request;
    const address = clientAddress(headers, config.trustedProxyHops, connectionAddress());
    const inTime = sharedDeadline(DATABASE_DEADLINE);
    try {
      const entered = await inTime(enter({ holder, address }));
      if (entered === null) return BUSY;
      if (typeof entered === 'number') return { ...RATE_LIMITED, retryAfter: entered };

      const body = await read(request, address);
      if (body === null) return BUSY;
      if (!body.ok && body.status === 408) return deferred('timeout', body.message);
      if (!body.ok) return refused(body.status, { error: body.error, message: body.message });
      if (draining()) return DRAINING;

      const taking = entered.take({
        text: body.text,
        receivedAt: Math.floor(now()),
        address,
        app: holder.app,
        headers: letterHeaders(headers, isDirect(config.trustedProxyHops, connectionAddress())),
      });
      const result = await inTime(taking, () => {
        // The sender is told to come again, and what is stored meanwhile is counted by itself.
        void taking.then(countLate);
      });
      switch (result.kind) {
        case 'full':
          return BUSY;
        case 'refused':
          return refused(result.status, result.error);
        case 'failed':
          return failed(result.code, result.reason);
        case 'committed':
          if (result.poison > 0) log('rows_refused_by_database', { rows: result.poison });
          return { kind: 'accepted', receipt: result.receipt, marks: result.marks };
        default:
          return result satisfies never;
      }
    } catch (error) {
      return failed(error instanceof DeadlineError ? 'unavailable' : storeFailure(error), reasonOf(error));
    }
  };

  function countLate(result: IntakeResult): void {
    if (result.kind === 'committed') meter.countLate(result.receipt.accepted);
  }

  function failed(code: StoreErrorCode, reason: string): Answer {
    log('batch_failed', { code, reason });
    return code === 'unavailable'
      ? deferred('unavailable', 'the database cannot be reached; send the same batch again')
      : deferred('failed', 'the collector failed; send the same batch again');
  }
}

const DRAINING = deferred('draining', 'this instance is about to end');
const BUSY = deferred('busy', 'the collector is busy');
const RATE_LIMITED = deferred('rate_limited', 'more batches than are allowed in a minute');

const KEY_REFUSAL = refused(403, {
  error: 'key_not_allowed',
  message: 'the write key is missing or not one of defineRum({ keys }); send it as x-rum-key or ?key=',
});
