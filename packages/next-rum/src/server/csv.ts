/**
 * Writes rows by RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), a line of column names first. A cell that a spreadsheet would
 * take for a formula gets an apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection).
 *
 * @param rows All of the same shape but for what may be null; objects in them become columns such as `vitals.lcp.p75`.
 */
export function toCsv(rows: readonly object[]): string {
  const cells = rows.map((row) => new Map(cellsOf(row, '')));
  const names = [...new Set(cells.flatMap((row) => [...row.keys()]))];
  // Where an object is null in some rows, its own columns say enough.
  const columns = names.filter((name) => !names.some((other) => other.startsWith(`${name}.`)));
  if (columns.length === 0) return '';
  const lines = [columns, ...cells.map((row) => columns.map((column) => row.get(column)))];
  return lines.map((line) => `${line.map(toCell).join(',')}\r\n`).join('');
}

type CellValue = string | number | boolean | null | undefined;

function cellsOf(value: unknown, name: string): readonly (readonly [name: string, value: CellValue])[] {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return [[name, value]];
  }
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    cellsOf(inner, name === '' ? key : `${name}.${key}`),
  );
}

function toCell(value: CellValue): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  // A number is none of the reader's formulas, however it begins.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
