import type { Batch, BatchReceipt } from '@rumkit/react-rum/protocol';
import { botsOf } from '../store/rows.js';
import type { RumStore } from '../store/store.js';
import type { StoreErrorCode } from '../store/storeError.js';
import type { ClientHints } from './clientHints.js';
import { DEFAULT_APP, type RumConfig } from './config.js';
import { createCountryOf, PLATFORM_HEADERS } from './country.js';
import { createIgnored, leaveOut } from './ignored.js';
import { type IngestState, ingestOf } from './ingest.js';
import { createLabelCap } from './labelCap.js';
import { type Log, reasonOf } from './log.js';
import type { RowMarks } from './meter.js';
import { type ParsedBatch, parseBatch } from './parseBatch.js';
import { receiptOf } from './receipt.js';
import { marksOf } from './rowMarks.js';
import { storeFailure } from './storeFailure.js';
import { toRows } from './toRows.js';
import { createUserAgentParser } from './userAgent.js';
import { createVisitorHash } from './visitor.js';

/** What an {@link Intake} has to know of the definition. Plain data: it may work in another thread. */
export interface IntakeConfig
  extends Pick<RumConfig, 'app' | 'privacy' | 'bots' | 'labels' | 'countryDatabase'> {
  /** Marks every row as sample data. */
  readonly sample: boolean;
}

/** A batch as it came in, and all that is known of its sender. Plain data. */
export interface BatchLetter {
  /** The inflated body. */
  readonly text: string;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** Of the client; empty where it is not known. */
  readonly address: string;
  /** App that the write key is for; null where the batch may say. */
  readonly app: string | null;
  /** Those of the request that {@link letterHeaders} takes. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Headers by which a browser says what it is. */
const CLIENT_HEADERS = ['user-agent', 'sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform'] as const;

/**
 * Headers that say what rows are to hold.
 *
 * @param direct Whether the client wrote all of them: then those of a platform are none.
 */
export function letterHeaders(headers: Headers, direct: boolean): BatchLetter['headers'] {
  const names = direct ? CLIENT_HEADERS : [...CLIENT_HEADERS, ...PLATFORM_HEADERS];
  return names.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
}

export type IntakeResult =
  /** Committed. */
  | {
      readonly kind: 'committed';
      readonly receipt: BatchReceipt;
      readonly marks: RowMarks;
      /** Rows that the database refused by themselves. */
      readonly poison: number;
    }
  /** It is no batch, and will not be one when it is sent again. */
  | ({ readonly kind: 'refused' } & Refusal)
  /** Nothing was taken on: too much is waiting already. */
  | { readonly kind: 'full' }
  /** The database failed. Nothing is acknowledged; sending the same again is safe. */
  | { readonly kind: 'failed'; readonly code: StoreErrorCode; readonly reason: string };

type Refusal = Pick<Extract<ReturnType<typeof parseBatch>, { readonly ok: false }>, 'status' | 'error'>;

/** Makes rows of batches and has them committed. */
export interface Intake {
  /** True when a further batch would be turned away. */
  full(): boolean;
  /**
   * Never rejects; resolves after the commit. Asks again whether there is room, since much may have come in while the body was read:
   * what was taken on and is not answered yet is never more than one bound.
   */
  take(letter: BatchLetter): Promise<IntakeResult>;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
  /** What the writing is like just now. */
  state(): Promise<IngestState>;
}

/** Makes an intake that works in this thread. */
export function createIntake(store: RumStore, config: IntakeConfig, log: Log): Intake {
  const { sample } = config;
  const parseUserAgent = createUserAgentParser();
  const countryOf = createCountryOf(config.countryDatabase, log);
  const visitors = createVisitorHash(config.privacy);
  const labelCap = createLabelCap(config.labels, config.app);
  const ignoring = createIgnored(store, config.app, log);

  async function rowsOf(
    batch: ParsedBatch,
    { receivedAt, address, app: keyApp, headers: given }: BatchLetter,
  ) {
    const { envelope } = batch;
    const headers = new Headers(given.map(([name, value]): [string, string] => [name, value]));
    const day = new Date(receivedAt).toISOString().slice(0, 10);
    const userAgent = headers.get('user-agent') ?? '';
    const { bot, ...client } = parseUserAgent(userAgent, hintsOf(headers));
    const isBot = bot || envelope.context?.automated === true;
    const named = keyApp ?? appOf(envelope, config);
    const admitted = sample || keyApp !== null ? named : await labelCap.app(store, named, day);
    const app = isBot && config.bots === 'apart' ? botsOf(admitted) : admitted;
    const rows = toRows(batch, {
      app,
      receivedAt,
      visitorOf: await visitors(
        store,
        { app, sessionId: envelope.sessionId, address, userAgent },
        receivedAt,
      ),
      country: await countryOf(headers, address),
      sample,
      identified: config.privacy === 'consent',
      ...client,
    });
    // Sample data is of past days, and its routes are known.
    return { rows: sample ? rows : await labelCap.rows(store, rows, day), isBot };
  }

  async function take(letter: BatchLetter): Promise<IntakeResult> {
    const input = parseJson(letter.text);
    if (input === NOT_JSON) return NO_JSON;
    const parsed = parseBatch(input);
    if (!parsed.ok) return { kind: 'refused', status: parsed.status, error: parsed.error };
    // Sample data is nobody's.
    const { batch, ignored } = sample
      ? { batch: parsed.batch, ignored: 0 }
      : leaveOut(parsed.batch, await ignoring(letter.receivedAt), letter.address);
    const { rows, isBot } = await rowsOf(batch, letter);
    const result = await ingestOf(store).submit(rows);
    if (result.kind === 'full') return result;
    if (result.kind === 'failed') throw result.cause;
    const receipt = { ...receiptOf(batch, result), ...(ignored > 0 && { ignored }) };
    return {
      kind: 'committed',
      receipt,
      marks: marksOf(rows, isBot),
      poison: receipt.rejected.length - batch.rejected.length,
    };
  }

  return {
    full: () => ingestOf(store).full(),
    take: async (letter) => {
      const release = ingestOf(store).hold(letter.text.length);
      if (release === null) return { kind: 'full' };
      try {
        return await take(letter);
      } catch (error) {
        return { kind: 'failed', code: storeFailure(error), reason: reasonOf(error) };
      } finally {
        release();
      }
    },
    idle: () => ingestOf(store).idle(),
    state: async () => ingestOf(store).state(),
  };
}

/** An agent that was told no name belongs to the app whose collector it talks to. */
function appOf({ app }: Pick<Batch, 'app'>, config: IntakeConfig): string {
  return app === DEFAULT_APP ? config.app : app;
}

const NOT_JSON = Symbol('not JSON');
const NO_JSON: IntakeResult = {
  kind: 'refused',
  status: 400,
  error: { error: 'malformed', message: 'the body is not JSON' },
};

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
