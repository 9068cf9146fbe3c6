type Child = Node | string;
type Attributes = Readonly<Record<string, string>>;

/** Makes elements without markup and inline styles, so that neither CSP nor Trusted Types have anything to say. */
export interface Elements {
  readonly element: <Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    attributes?: Attributes,
    ...children: readonly Child[]
  ) => HTMLElementTagNameMap[Name];
  /** A button that shows a drawing of lines, 16 by 16. */
  readonly iconButton: (label: string, path: string, onClick: () => void) => HTMLButtonElement;
}

const SVG = 'http://www.w3.org/2000/svg';

/** @param document Whose elements they are. */
export function createElements(document: Document): Elements {
  const element: Elements['element'] = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  };
  return {
    element,
    iconButton(label, path, onClick) {
      const drawing = document.createElementNS(SVG, 'svg');
      drawing.setAttribute('viewBox', '0 0 16 16');
      drawing.setAttribute('aria-hidden', 'true');
      const line = document.createElementNS(SVG, 'path');
      line.setAttribute('d', path);
      drawing.append(line);
      const attributes = { type: 'button', 'aria-label': label, title: label, class: 'icon' };
      const button = element('button', attributes, drawing);
      button.addEventListener('click', onClick);
      return button;
    },
  };
}

/** Writes only what differs, so that a selection survives. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
