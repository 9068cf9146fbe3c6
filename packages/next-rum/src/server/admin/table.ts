import { toCsv } from '../csv.js';
import { toNdjson } from '../ndjson.js';
import { readChoice } from '../question.js';
import { json } from '../respond.js';
import { type SampleColumns, type Sampled, sampleColumns } from './sampleColumns.js';

/** How rows can be asked for. */
export const FORMATS = ['json', 'csv', 'ndjson'] as const;

/** A row of a table: flat, or with objects that become columns such as `vitals.lcp.p75`. */
export type TableRow = object;

/**
 * The answer as JSON, or its rows alone as a file to keep: `format=csv` or `format=ndjson`. Where the answer was not told from all
 * of its time, each row of a file says so.
 *
 * @param name Of the file, without its ending.
 * @param columns What each row of a file has besides.
 */
export function table(
  parameters: URLSearchParams,
  name: string,
  body: object & Sampled,
  rows: readonly TableRow[],
  columns: SampleColumns | null = sampleColumns(body),
): Response {
  const format = readChoice(parameters, 'format', FORMATS, 'json');
  const marked = (): readonly TableRow[] =>
    columns === null ? rows : rows.map((row) => ({ ...row, ...columns }));
  switch (format) {
    case 'json':
      return json(200, body);
    case 'csv':
      return file(`${name}.csv`, 'text/csv; charset=utf-8; header=present', toCsv(marked()));
    case 'ndjson':
      return file(`${name}.ndjson`, 'application/x-ndjson; charset=utf-8', toNdjson(marked()));
    default:
      return format satisfies never;
  }
}

function file(name: string, type: string, text: string): Response {
  return new Response(text, {
    status: 200,
    headers: {
      'content-type': type,
      'content-length': String(Buffer.byteLength(text)),
      'content-disposition': `attachment; filename="${name}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}
