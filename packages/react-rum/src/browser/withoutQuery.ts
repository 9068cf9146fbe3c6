/**
 * A URL without query, fragment and the page's own origin. It may be the content itself (`data:`): then only its type is
 * told.
 */
export function withoutQuery(url: string): string {
  return (url.split(/^data:/.test(url) ? ',' : /[?#]/, 1)[0] as string).replace(`${location.origin}/`, '/');
}
