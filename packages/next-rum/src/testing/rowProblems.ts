import { LIMITS } from '@rumkit/react-rum/protocol';
import { type Column, EVENT_TABLE, VIEW_TABLE } from '../store/prisma/tables.js';
import type { EventRow, ViewRow } from '../store/rows.js';

const WEEK = 7 * 86_400_000;
/** Columns that are never null, by what every row of the tests has. */
const REQUIRED = new Set(
  [
    'app id revision startedAt receivedAt visitor route path router navigationType device automated sample kept',
    'viewId type name occurredAt',
  ].flatMap((names) => names.split(' ')),
);
const JSON_TEXT = new Set(['attribution', 'userTraits', 'utm', 'counts', 'attributes', 'data']);
const POLLUTING = /"(?:__proto__|constructor|prototype)":/;

/** What about a row is not as the tables and the protocol say, if anything. */
export function rowProblems(row: ViewRow | EventRow): string[] {
  const { columns } = 'startedAt' in row ? VIEW_TABLE : EVENT_TABLE;
  const known = new Set(columns.map(({ field }) => field));
  const problems = Object.keys(row)
    .filter((field) => !known.has(field))
    .map((field) => `${field} is no column`);
  for (const column of columns) {
    const problem = valueProblem(column, Reflect.get(row, column.field));
    if (problem !== null) problems.push(`${column.field} ${problem}`);
  }
  const at = 'startedAt' in row ? row.startedAt : row.occurredAt;
  if (at > row.receivedAt || at < row.receivedAt - WEEK) problems.push(`time ${at} is not believable`);
  return problems;
}

function valueProblem({ field, type }: Column, value: unknown): string | null {
  if (value === undefined) return 'is missing';
  if (value === null) return REQUIRED.has(field) ? 'is null' : null;
  switch (type) {
    case 'text':
      return typeof value === 'string' ? textProblem(field, value) : `is a ${typeof value}`;
    case 'boolean':
      return typeof value === 'boolean' ? null : `is a ${typeof value}`;
    case 'double':
      return typeof value === 'number' && Number.isFinite(value) ? null : `is ${String(value)}`;
    case 'integer':
      return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31 ? null : `is ${String(value)}`;
    case 'bigint':
      return Number.isSafeInteger(value) ? null : `is ${String(value)}`;
    default:
      return type satisfies never;
  }
}

function textProblem(field: string, text: string): string | null {
  if (JSON_TEXT.has(field)) {
    if (POLLUTING.test(text)) return 'has the name of a prototype';
    if (/\\u0000|\\ud[89a-f]/.test(text)) return 'has what no database stores';
    JSON.parse(text);
    return null;
  }
  if (text.length > LIMITS.label) return `has ${text.length} characters`;
  if (text.includes('\0') || /\p{Surrogate}/u.test(text)) return 'has what no database stores';
  return null;
}
