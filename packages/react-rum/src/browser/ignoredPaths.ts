/** Tells whether a path lies under one of the prefixes, matched segment by segment; `*` is any one, or none at the end. */
export function ignoredPaths(prefixes: readonly string[] = []): (path: string) => boolean {
  return (path) =>
    prefixes.some((prefix) =>
      prefix
        .split('/')
        .every((segment, index) => !segment || segment === '*' || segment === path.split('/')[index]),
    );
}
