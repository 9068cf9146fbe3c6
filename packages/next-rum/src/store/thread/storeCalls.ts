import type { EncodedInsert } from '../prisma/encodeInsert.js';
import type { Written } from '../prisma/writes.js';
import type { JobOptions, RumStore, StoreErrorCode } from '../store.js';

/** Options whose clock was read: a function cannot go to another thread. */
export type AsOf<Options extends JobOptions> = Omit<Options, 'now'> & { readonly now: number };

/** What the store's thread does when it is asked to. What goes in and comes out is data that can be cloned. */
export interface ThreadCalls extends Omit<RumStore, 'insert' | 'rollUp' | 'retain'> {
  /** Opens the store, unless it is open. Everything else needs it open. */
  open(): Promise<void>;
  insertEncoded(rows: EncodedInsert): Promise<Written>;
  rollUp(options: AsOf<Parameters<RumStore['rollUp']>[0]>): ReturnType<RumStore['rollUp']>;
  retain(options: AsOf<JobOptions>): ReturnType<RumStore['retain']>;
}

/** One call, as it is posted to the thread. */
export interface StoreCall<Name extends keyof ThreadCalls = keyof ThreadCalls> {
  /** Its number; the reply has the same. */
  readonly call: number;
  readonly name: Name;
  readonly parameters: Parameters<ThreadCalls[Name]>;
}

/** What became of a call. */
export type StoreReply =
  | { readonly call: number; readonly kind: 'done'; readonly value: unknown }
  | {
      readonly call: number;
      readonly kind: 'failed';
      readonly code: StoreErrorCode;
      readonly message: string;
    };

/** What the thread is given to begin with. */
export interface ThreadData {
  /** URL of the database. */
  readonly url: string;
}
