import type { BoardPanel } from '../../server/api.js';

/** Columns of a board. */
const COLUMNS = 3;

export type Direction = 'left' | 'right' | 'up' | 'down';

type Sized = Pick<BoardPanel, 'id' | 'width'>;

/** Indexes of the panels by rows: a panel that has no room left in a row begins the next one. */
export function rowsOf(panels: readonly Pick<Sized, 'width'>[]): readonly (readonly number[])[] {
  const rows: number[][] = [];
  let room = 0;
  for (const [index, { width }] of panels.entries()) {
    if (width > room) {
      rows.push([]);
      room = COLUMNS;
    }
    rows.at(-1)?.push(index);
    room -= width;
  }
  return rows;
}

/** Moves a panel by one place, or by one row into the place as far from its beginning; the same panels where it cannot. */
export function movePanel<P extends Sized>(
  panels: readonly P[],
  id: string,
  direction: Direction,
): readonly P[] {
  const from = panels.findIndex((panel) => panel.id === id);
  const to = targetOf(panels, from, direction);
  return to === null ? panels : movedTo(panels, from, to);
}

/** Puts the panel at `from` to the place `to`. */
export function movedTo<P>(panels: readonly P[], from: number, to: number): readonly P[] {
  const moved = [...panels];
  moved.splice(to, 0, ...moved.splice(from, 1));
  return moved;
}

function targetOf(panels: readonly Sized[], from: number, direction: Direction): number | null {
  switch (direction) {
    case 'left':
      return from > 0 ? from - 1 : null;
    case 'right':
      return from >= 0 && from < panels.length - 1 ? from + 1 : null;
    case 'up':
    case 'down': {
      const rows = rowsOf(panels);
      const row = rows.findIndex((indexes) => indexes.includes(from));
      const other = rows[row + (direction === 'up' ? -1 : 1)];
      if (row === -1 || other === undefined) return null;
      const place = rows[row]?.indexOf(from) ?? 0;
      return other[Math.min(place, other.length - 1)] ?? null;
    }
    default:
      return direction satisfies never;
  }
}
