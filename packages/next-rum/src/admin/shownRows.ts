/** A row of a table by its columns' headings. */
type ShownRow = Readonly<Record<string, string>>;

/**
 * What a table says, as it reads; a moment in full. Columns whose heading is said only to those who do not see it hold buttons, and
 * are left out.
 */
export function shownRows(table: HTMLTableElement): readonly ShownRow[] {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const names = distinct(heads.map(textOf));
  const kept = [...names.keys()].filter((place) => names[place] !== '' && !isHidden(heads[place]));
  return [...table.tBodies]
    .flatMap(({ rows }) => [...rows])
    .map(({ cells }) => kept.map((place) => [names[place], textOf(cells[place])] as const))
    .filter((cells) => cells.some(([, text]) => text !== ''))
    .map((cells) => Object.fromEntries(cells));
}

function isHidden(head: HTMLElement | undefined): boolean {
  return head?.ariaHidden === 'true' || head?.firstElementChild?.className === 'rum-sr-only';
}

function textOf(cell: HTMLElement | undefined): string {
  const time = cell?.querySelector('time');
  if (time && time.textContent === cell?.textContent) return time.dateTime;
  // biome-ignore lint/performance/useDomNodeTextContent: lines of a cell stand apart only as they are laid out
  return (cell?.innerText ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** Headings that come again are numbered: of two columns with one name only one would be left. */
function distinct(names: readonly string[]): readonly string[] {
  return names.map((name, place) => {
    const before = names.slice(0, place).filter((other) => other === name).length;
    return before === 0 || name === '' ? name : `${name} (${before + 1})`;
  });
}
