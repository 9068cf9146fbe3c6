/** A URL without query and fragment. It may be the content itself (`data:`): then only its type is told. */
export function withoutQuery(url: string): string {
  return url.split(/^data:/.test(url) ? ',' : /[?#]/, 1)[0] ?? '';
}
