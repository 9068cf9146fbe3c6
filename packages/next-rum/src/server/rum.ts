import type { RumStore } from '../store/store.js';
import type { RumConfig } from './config.js';

/** Is given work that goes on after the answer, and keeps the process until it is done. */
export type WaitUntil = (work: Promise<void>) => void;

/** What `defineRum` returns and everything on the server takes. */
export interface Rum {
  readonly config: RumConfig;
  /** Opens the database and applies pending migrations on first use; one per database and process, however often bundled. */
  readonly store: () => Promise<RumStore>;
  /**
   * The collector and the admin API: answers every request below `config.endpoint`. Never throws.
   *
   * @param waitUntil Is given, about once a second, the storing of counts, which takes about a second. Next's `after` is one
   *   (https://nextjs.org/docs/app/api-reference/functions/after): a server that is told to end then waits for it.
   */
  readonly handle: (request: Request, waitUntil?: WaitUntil) => Promise<Response>;
}
