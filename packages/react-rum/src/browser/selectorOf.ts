import { MAX_SELECTOR_DEPTH } from './limits.js';

/**
 * A CSS selector that stays the same from release to release and from item to item of a list: by what the application
 * named (action, test id), else by an id without digits (others are often generated), else by the tags below the next
 * element that has one. Undefined for what is no element.
 */
export function selectorOf(
  node: Node | null | undefined,
  depth: number = MAX_SELECTOR_DEPTH,
): string | undefined {
  if (!(node instanceof Element)) return undefined;
  const { localName, id, parentElement } = node;
  for (const name of ['data-rum-action', 'data-testid']) {
    const value = node.getAttribute(name);
    if (value) return `[${name}=${JSON.stringify(value)}]`;
  }
  if (id && !/\d/.test(id)) return `#${id}`;
  const parent = depth > 1 && selectorOf(parentElement, depth - 1);
  return (parent ? `${parent}>` : '') + localName;
}
