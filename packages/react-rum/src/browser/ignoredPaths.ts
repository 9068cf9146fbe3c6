/** Tells whether a path lies under one of the prefixes, matched segment by segment; `*` is any one. */
export function ignoredPaths(prefixes: readonly string[] = []): (path: string) => boolean {
  const segments = (path: string): readonly string[] => path.split('/').filter(Boolean);
  return (path) => {
    const own = segments(path);
    return prefixes.some((prefix) =>
      segments(prefix).every((segment, index) => segment === own[index] || (segment === '*' && index in own)),
    );
  };
}
