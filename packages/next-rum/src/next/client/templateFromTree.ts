/**
 * Names the route of an App Router page exactly as Next's build does: `/product/[id]`, `/guides/[[...slug]]`,
 * `/(.)product/[id]/quick`.
 *
 * The router state is private to Next, so every shape is tolerated; the two known ones are a bare tree (Next 15.x) and
 * `{ tree, renderedSearch }` (16.x). A node is `[segment, slots, origin?, …]`, a dynamic segment
 * `[name, value, kind, …]`.
 *
 * @param state What Next keeps in `history.state.__PRIVATE_NEXTJS_INTERNALS_TREE`.
 * @param pathname Path that the page shows. Where parallel slots hold several pages, it tells which one was asked for, such
 *   as a modal over the page it was opened from.
 * @returns Null where the state holds no page that can be named.
 */
export function templateFromTree(state: unknown, pathname: string): string | null {
  const tree = isRecord(state) && !Array.isArray(state) ? state.tree : state;
  const pages = pagesOf(tree, { names: [], values: [], isLeftOver: false }, pathname);
  const [shown] = pages.sort((a, b) => likeliness(b, pathname) - likeliness(a, pathname));
  return shown ? `/${shown.names.join('/')}` : null;
}

/** A page that is on the screen, in one slot or another. */
interface ShownPage {
  /** Segments of the template, without route groups. */
  readonly names: readonly string[];
  /** Segments of the path. A catch-all is one that holds slashes; an intercepted one keeps its marker. */
  readonly values: readonly string[];
  /** Kept on the screen from another URL than the one now shown. */
  readonly isLeftOver: boolean;
}

/** Pages in the order of importance: `children` before named slots. */
function pagesOf(node: unknown, above: ShownPage, pathname: string): ShownPage[] {
  if (!Array.isArray(node)) {
    return [];
  }
  const [segment, slots, origin] = node as readonly unknown[];
  const [name, value] = nameAndValue(segment);
  const isLeftOver = above.isLeftOver || comesFromElsewhere(origin, pathname);
  // Next 15 appends the search parameters: `__PAGE__?{"q":"lamp"}`.
  if (name.startsWith('__PAGE__')) {
    return [{ ...above, isLeftOver }];
  }
  if (name === '__DEFAULT__' || !isRecord(slots)) {
    return [];
  }
  const here: ShownPage =
    name === '' || isGroup(name)
      ? { ...above, isLeftOver }
      : { names: [...above.names, name], values: [...above.values, value], isLeftOver };
  const { children, ...named } = slots;
  return [children, ...Object.values(named)].flatMap((slot) => pagesOf(slot, here, pathname));
}

/**
 * The page's own path decides; it says nothing under a rewrite. Next's marks of what was left over are second, because Next 16.4
 * forgets them on the way back to a modal.
 */
function likeliness(page: ShownPage, pathname: string): number {
  const path = pathOf(page.values);
  const shown = decoded(pathname.replace(/\/$/, ''));
  // `basePath` comes before the path.
  const match = path === shown ? 2 : path !== '' && shown.endsWith(path) ? 1 : 0;
  return match * 2 + (page.isLeftOver ? 0 : 1);
}

function pathOf(values: readonly string[]): string {
  const path: string[] = [];
  for (const value of values) {
    const [, markers = '', rest = value] = /^((?:\(\.{1,3}\))+)(.*)$/.exec(value) ?? [];
    if (markers === '(...)') {
      path.length = 0;
    } else {
      // `(..)` is one level up, `(..)(..)` two, `(.)` none.
      path.splice(path.length - (markers.match(/\(\.\.\)/g)?.length ?? 0));
    }
    if (rest !== '') {
      path.push(decoded(rest));
    }
  }
  return path.map((segment) => `/${segment}`).join('');
}

/**
 * A slot that a navigation did not fill keeps its page and the URL that page came from: `[url, search]` in Next 16 (only
 * where it differs), the URL itself in 15 (on every page).
 */
function comesFromElsewhere(origin: unknown, pathname: string): boolean {
  const url: unknown = Array.isArray(origin) ? origin[0] : origin;
  return typeof url === 'string' && url.split(/[?#]/, 1)[0] !== pathname;
}

function nameAndValue(segment: unknown): readonly [name: string, value: string] {
  if (Array.isArray(segment)) {
    const [name, value, kind] = segment.map(String);
    return dynamicSegment(name ?? '', value ?? '', kind ?? '');
  }
  if (typeof segment !== 'string') {
    return ['', ''];
  }
  // Next's own 404 page is the segment `/_not-found`; a folder that starts with an underscore is written `%5F`.
  const name = (segment.startsWith('/') ? segment.slice(1) : segment).replaceAll('%5F', '_');
  return [name, name];
}

/** `kind` is `d`, `c` or `oc`; `di` and `ci` are intercepted, followed in Next 16 by the marker, such as `di(..)`. */
function dynamicSegment(name: string, value: string, kind: string): readonly [name: string, value: string] {
  const marker = kind.slice(2) || '(.)';
  switch (kind.slice(0, 2)) {
    case 'c':
      return [`[...${name}]`, value];
    case 'oc':
      return [`[[...${name}]]`, value];
    case 'ci':
      return [`${marker}[...${name}]`, marker + value];
    case 'di':
      return [`${marker}[${name}]`, marker + value];
    default:
      return [`[${name}]`, value];
  }
}

/** Params are encoded or not depending on the version; a path that cannot be decoded is compared as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isGroup(segment: string): boolean {
  return segment.startsWith('(') && segment.endsWith(')');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
