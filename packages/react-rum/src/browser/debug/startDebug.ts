import type { Registry } from '../registry.js';

/** Tells the console what is captured. */
export function startDebug(page: Registry): void {
  const { beforeSend } = page.hooks;
  page.hooks = {
    ...page.hooks,
    beforeSend(item) {
      const kept = beforeSend ? beforeSend(item) : item;
      console.debug('RUM:', kept ? 'captured' : 'dropped by beforeSend', item);
      return kept;
    },
  };
}
