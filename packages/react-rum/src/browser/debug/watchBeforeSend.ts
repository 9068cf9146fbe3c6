import type { Stop } from '../collector.js';
import type { RumHooks } from '../options.js';

type BeforeSend = NonNullable<RumHooks['beforeSend']>;
export type SentItem = Parameters<BeforeSend>[0];

/** What became of an item in `beforeSend`; without one all are captured. */
export type Outcome = 'captured' | 'dropped' | 'threw';

/**
 * Tells of each item what `beforeSend` makes of it, also where the application sets another one later.
 *
 * @param fallback Used where the hooks have none.
 * @param told Must not throw.
 */
export function watchBeforeSend(
  hooks: RumHooks,
  fallback: BeforeSend | undefined,
  told: (item: SentItem, outcome: Outcome) => void,
): Stop {
  let own = hooks.beforeSend;
  const watched: BeforeSend = (item) => {
    const beforeSend = own ?? fallback;
    try {
      const kept = beforeSend ? beforeSend(item) : item;
      told(kept ?? item, kept ? 'captured' : 'dropped');
      return kept;
    } catch (cause) {
      told(item, 'threw');
      throw cause;
    }
  };
  Object.defineProperty(hooks, 'beforeSend', {
    configurable: true,
    enumerable: true,
    get: () => watched,
    set: (given: BeforeSend | undefined) => {
      own = given;
    },
  });
  return () => {
    Object.defineProperty(hooks, 'beforeSend', {
      configurable: true,
      enumerable: true,
      writable: true,
      value: own,
    });
  };
}
