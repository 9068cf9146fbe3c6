import type { IngestState } from '../server/ingest.js';
import type { BatchLetter, IntakeResult } from '../server/intake.js';
import type { JobOptions } from '../store/jobStore.js';
import type { OpenStoreOptions } from '../store/openStore.js';
import type { RumStore } from '../store/store.js';
import type { StoreErrorCode } from '../store/storeError.js';

/** Options whose clock was read: a function cannot go to another thread. */
export type AsOf<Options extends JobOptions> = Omit<Options, 'now'> & { readonly now: number };

/** What the thread does when it is asked to. What goes in and comes out is data that can be cloned. */
export interface ThreadCalls extends Omit<RumStore, 'rollUp' | 'retain' | 'watch' | 'keepFindings'> {
  /** Opens the store, unless it is open. Everything else opens it too. */
  open(): Promise<void>;
  rollUp(options: AsOf<Parameters<RumStore['rollUp']>[0]>): ReturnType<RumStore['rollUp']>;
  retain(options: AsOf<JobOptions>): ReturnType<RumStore['retain']>;
  watch(options: AsOf<Parameters<RumStore['watch']>[0]>): ReturnType<RumStore['watch']>;
  keepFindings(options: AsOf<JobOptions>): ReturnType<RumStore['keepFindings']>;
  /** @param config An `IntakeConfig` as JSON, which is the name of its intake too. */
  takeBatch(config: string, letter: BatchLetter): Promise<IntakeResult>;
  /** Resolves when no batch waits for its commit any more. */
  finishBatches(): Promise<void>;
  ingestState(): Promise<IngestState>;
}

/** One call, as it is posted to the thread. */
export interface ThreadCall<Name extends keyof ThreadCalls = keyof ThreadCalls> {
  /** Its number; the reply has the same. */
  readonly call: number;
  readonly name: Name;
  readonly parameters: Parameters<ThreadCalls[Name]>;
}

/** What became of a call. */
export type ThreadReply =
  | { readonly call: number; readonly kind: 'done'; readonly value: unknown }
  | {
      readonly call: number;
      readonly kind: 'failed';
      readonly code: StoreErrorCode;
      readonly message: string;
      /** Of a StoreError that has one. */
      readonly share: number | null;
    };

/** How the thread opens its store. */
export type OpenOptions = Pick<OpenStoreOptions, 'retention'>;

/** What the thread is given to begin with. */
export interface ThreadData {
  /** URL of the database. */
  readonly url: string;
  readonly options: OpenOptions;
  /** Of the code that asks. A thread of another build does not work for it. */
  readonly build: string;
}

/** Code of the error with which such a thread ends. */
export const OTHER_VERSION = 'other_version';
