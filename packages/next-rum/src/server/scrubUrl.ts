import { scrub } from './scrub.js';

/** Route or path without query and fragment, and without the personal data that some apps put into paths. */
export function toPath(path: string): string {
  const end = path.search(/[?#]/);
  return scrub(end === -1 ? path : path.slice(0, end)) || '/';
}

/** Origin of a referrer; null where it has none that is of the web. */
export function toOrigin(referrer: string): string | null {
  if (/^https?:\/\/[\w.-]+(?::\d+)?$/.test(referrer)) return referrer;
  if (!/^https?:\/\//i.test(referrer) || !URL.canParse(referrer)) return null;
  return new URL(referrer).origin;
}

/** The scheme of a URL that is its own content. */
const INLINE = /^(?:data|javascript):/i;
/** Scheme and user of a URL's authority. The user may hold an `@` itself: the last one before the path ends it. */
const USER = /^((?:[a-z][a-z\d+.-]*:)?[\\/]{2})[^\\/?#]*@/i;

/** URL of a resource, absolute or a path, without query, fragment and user. Templates such as `/user/:id` stay as they are. */
export function toUrl(url: string): string {
  const inline = INLINE.exec(url);
  return inline === null ? toPath(url.replace(USER, '$1')) : inline[0].toLowerCase();
}

/**
 * An absolute URL with its user, or a path; then up to the query; then query and fragment, of which nothing is left over.
 * Matches from wherever one begins, so the work is linear.
 */
const URL_IN_TEXT =
  /(?:(https?:\/\/)(?:[^\s"'\]/?#@]*@)?|((?:^|[\s=("'])\/))([^\s"'\]?#]*)(?:[?#][^\s"'\]]*)?/gi;

/**
 * What points at a part of the page: a URL, or a CSS selector, which keeps its `#`. Any URL in it, as in
 * `IMG[src=https://cdn.example/a.jpg?sig=1].onload`, loses its query.
 */
export function scrubPointer(pointer: string): string {
  return /^(?:[a-z][a-z\d+.-]*:\/)?\//i.test(pointer) ? toUrl(pointer) : scrubUrls(pointer);
}

/** Free text whose URLs lose query, fragment and user. */
export function scrubUrls(text: string): string {
  return scrub(text.includes('/') ? text.replace(URL_IN_TEXT, '$1$2$3') : text);
}
