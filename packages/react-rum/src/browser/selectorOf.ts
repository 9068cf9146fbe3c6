/** Elements above the target that a selector names. */
const MAX_DEPTH = 4;

/**
 * A CSS selector that stays the same from release to release: by what the application named (test id, action), else by an
 * id without digits (others are often generated), else by tags and positions below the next element that has one.
 */
export function selectorOf(element: Element): string {
  let selector = '';
  let at: Element | null = element;
  for (let depth = 0; at && depth < MAX_DEPTH; depth += 1) {
    const parent: Element | null = at.parentElement;
    const tag = at.localName;
    for (const name of ['data-rum-action', 'data-testid', 'id']) {
      const value = at.getAttribute(name);
      if (value && (name !== 'id' || !/\d/.test(value)))
        return `${tag}[${name}=${JSON.stringify(value)}]${selector}`;
    }
    const alike = parent ? [...parent.children].filter(({ localName }) => localName === tag) : [];
    selector = `${depth < MAX_DEPTH - 1 && parent ? '>' : ''}${tag}${alike.length > 1 ? `:nth-of-type(${alike.indexOf(at) + 1})` : ''}${selector}`;
    at = parent;
  }
  return selector.replace(/^>/, '');
}
