import type { RumStore } from '../store/store.js';
import type { RumConfig } from './config.js';

/** What `defineRum` returns and everything on the server takes. */
export interface Rum {
  readonly config: RumConfig;
  /** Opens the database and applies pending migrations on first use; one per database and process, however often bundled. */
  readonly store: () => Promise<RumStore>;
  /** The collector and the admin API: answers every request below `config.endpoint`. Never throws. */
  readonly handle: (request: Request) => Promise<Response>;
}
