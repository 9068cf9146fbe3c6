/** Tells whether a path lies under one of the prefixes, matched at `/` borders. */
export function ignoredPaths(prefixes: readonly string[] = []): (path: string) => boolean {
  return (path) => prefixes.some((prefix) => `${path}/`.startsWith(prefix.replace(/\/*$/, '/')));
}
