type Child = Node | string;

const SVG = 'http://www.w3.org/2000/svg';

/** An element made without markup and inline styles, so that neither CSP nor Trusted Types have anything to say. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** A button that shows a drawing of lines, 16 by 16. */
export function iconButton(label: string, path: string, onClick: () => void): HTMLButtonElement {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', '0 0 16 16');
  drawing.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  drawing.append(line);
  const button = element(
    'button',
    { type: 'button', 'aria-label': label, title: label, class: 'icon' },
    drawing,
  );
  button.addEventListener('click', onClick);
  return button;
}

/** Writes only what differs, so that a selection in the overlay survives. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
