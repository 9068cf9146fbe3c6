import type { RumStore } from '../store/store.js';

/** All rows of the apps that tests write to. */
export async function everythingIn(store: RumStore): Promise<unknown> {
  const ranges = ['shop', 'other'].map((app) => ({ app, from: 0, to: 8.64e15 }));
  return await Promise.all(ranges.flatMap((range) => [store.views(range, 1000), store.events(range, 1000)]));
}
