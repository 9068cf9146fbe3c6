/** Space to the edge of the window, in CSS pixels. */
const GAP = 8;
/** What an overlay should not lie on. */
const CONTROLS = 'a,button,input,select,textarea,summary,label,[role="button"],[contenteditable]';

/** Corners in the order in which they are tried: how far right and how far down, 0 or 1. */
export const CORNERS = [
  [1, 1],
  [0, 1],
  [0, 0],
  [1, 0],
] as const;
export type Corner = (typeof CORNERS)[number];

/** Size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where something of that size lies, in CSS pixels from the window's upper left. */
export function cornerPoint(
  [right, bottom]: Corner,
  { width, height }: Size,
): readonly [x: number, y: number] {
  const { clientWidth } = document.documentElement;
  return [
    Math.max(GAP, right * (clientWidth - width - GAP) || GAP),
    Math.max(GAP, bottom * (innerHeight - height - GAP) || GAP),
  ];
}

/** The first corner in which something of that size would lie on no control of the page; without one the first. */
export function freeCorner(size: Size): Corner {
  const boxes = [...document.querySelectorAll(CONTROLS)].map((control) => control.getBoundingClientRect());
  const isFree = (corner: Corner): boolean => {
    const [x, y] = cornerPoint(corner, size);
    return !boxes.some(
      ({ left, right, top, bottom }) =>
        left < x + size.width && right > x && top < y + size.height && bottom > y,
    );
  };
  return CORNERS.find(isFree) ?? CORNERS[0];
}

/** Most that an overlay may take of the window. */
export function largestSize(): Size {
  return { width: document.documentElement.clientWidth - 2 * GAP, height: innerHeight - 2 * GAP };
}
