import type { BreakdownResponse, BreakdownRow } from '../server/api.js';
import { VITALS } from './vitals.js';

type Cell = string | number | null;

/** A row of a breakdown with its figures side by side, as files hold it. ms; CLS unitless. */
export function flatRow(row: BreakdownRow, dimension: string): { readonly [column: string]: Cell } {
  const figures = VITALS.flatMap(({ name }) => {
    const { p75, interval, n, good, needsImprovement, poor } = row.vitals[name];
    return Object.entries({
      [`${name}_p75`]: p75,
      [`${name}_low`]: interval?.[0] ?? null,
      [`${name}_high`]: interval?.[1] ?? null,
      [`${name}_n`]: n,
      [`${name}_good`]: good,
      [`${name}_needs_improvement`]: needsImprovement,
      [`${name}_poor`]: poor,
    });
  });
  return { [dimension]: row.value, views: row.views, ...Object.fromEntries(figures) };
}

/** One JSON object a line, https://github.com/ndjson/ndjson-spec. */
export function toNdjson({ rows, dimension }: BreakdownResponse): string {
  return rows.map((row) => `${JSON.stringify(flatRow(row, dimension))}\n`).join('');
}

/** RFC 4180, with nothing in it that a spreadsheet would run. */
export function toCsv({ rows, dimension }: BreakdownResponse): string {
  const flat = rows.map((row) => flatRow(row, dimension));
  const head = Object.keys(flat[0] ?? { [dimension]: '', views: 0 });
  return [head, ...flat.map((row) => head.map((column) => row[column] ?? null))]
    .map((cells) => `${cells.map(csvCell).join(',')}\r\n`)
    .join('');
}

/** Begins with what makes a spreadsheet take a text for a formula: https://owasp.org/www-community/attacks/CSV_Injection. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
