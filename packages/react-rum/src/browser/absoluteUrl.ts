/** A URL as the browser names it in its timings: absolute, without fragment. */
export function absoluteUrl(url: unknown): string {
  return new URL(`${url}`, document.baseURI).href.split('#', 1)[0] as string;
}
