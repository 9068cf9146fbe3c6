/** Looks like an id, an address or something typed: a number, three digits, `@`, a blank, great length. */
const NO_NAME = /^-?[\d.]+$|\d.*\d.*\d|[\s@]|.{49}/;

/**
 * Names a query after its key, so that all of one kind go by one name: `['user', 42]` is `user/:id`,
 * `[['post', 'byId'], { input: 7 }]` is `post/byId/:params`, `['/api/user/42']` is `api/user/:id`.
 *
 * @param key As in TanStack Query: texts, numbers, objects and lists of them.
 */
export function keyTemplate(key: readonly unknown[]): string {
  return key
    .flat(9)
    .map((part) => (part && typeof part === 'object' ? ':params' : part))
    .join('/')
    .split('/')
    .filter(Boolean)
    .map((text) => (NO_NAME.test(text) ? ':id' : text))
    .join('/');
}
