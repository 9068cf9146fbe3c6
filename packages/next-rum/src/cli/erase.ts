import { defineRum } from '../defineRum.js';
import { scrub } from '../server/scrub.js';
import { openStore } from '../store/openStore.js';
import { botsOf } from '../store/rows.js';
import type { EraseSelector } from '../store/store.js';

export interface EraseCommand {
  readonly database?: string | undefined;
  readonly app?: string | undefined;
  /** Pseudonym of a visitor, 32 hex digits. */
  readonly visitor?: string | undefined;
  /** Id that the app gave. */
  readonly user?: string | undefined;
  /** Epoch ms. */
  readonly before?: number | undefined;
  readonly sample?: boolean | undefined;
}

export interface Erased {
  /** With that of its bots. */
  readonly apps: readonly string[];
  readonly views: number;
  readonly events: number;
}

/**
 * Erases what was stored of a visitor, a user, from before a moment, or as sample data.
 *
 * @throws {Error} Where not exactly one of them is given, or no user can be found by the id.
 */
export async function erase({ database, app, ...which }: EraseCommand): Promise<Erased> {
  const { config } = defineRum({ database, ...(app !== undefined && { app }) });
  const selector = selectorOf(config.app, which);
  const store = await openStore(config.database);
  try {
    return { apps: [...new Set([config.app, botsOf(config.app)])], ...(await store.erase(selector)) };
  } finally {
    await store.close();
  }
}

function selectorOf(
  app: string,
  { visitor, user, before, sample }: Omit<EraseCommand, 'database' | 'app'>,
): EraseSelector {
  const given: EraseSelector[] = [];
  if (visitor !== undefined) given.push({ app, visitor });
  if (user !== undefined) given.push({ app, user });
  if (before !== undefined) given.push({ app, before });
  if (sample === true) given.push({ app, sample });
  const [selector] = given;
  if (selector === undefined || given.length > 1)
    throw new Error(
      `RUM: erase takes exactly one of --visitor, --user, --before and --sample, and ${given.length === 0 ? 'none' : given.length} of them ` +
        `${given.length > 1 ? 'are' : 'is'} given — such as next-rum erase --app ${app} --user u-17`,
    );
  if ('user' in selector && scrub(selector.user) !== selector.user)
    throw new Error(
      `RUM: no user is stored as that: it is written down as ${scrub(selector.user)}, like all others of its kind — erase by --visitor`,
    );
  return selector;
}
