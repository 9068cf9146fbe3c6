/** Keeps nothing yet. */
export function createOfflineFetch(
  fetch: typeof globalThis.fetch,
  _url: string,
  _mayStore: () => boolean,
): typeof globalThis.fetch {
  return fetch;
}
