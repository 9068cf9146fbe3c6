/** Tells whether a path lies under one of the prefixes, matched at `/` borders. */
export function ignoredPaths(prefixes: readonly string[]): (path: string) => boolean {
  const trimmed = prefixes.map((prefix) => prefix.replace(/\/+$/, ''));
  return (path) => trimmed.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}
