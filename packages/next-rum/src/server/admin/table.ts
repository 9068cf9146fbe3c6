import { toCsv } from '../csv.js';
import { toNdjson } from '../ndjson.js';
import { readChoice } from '../question.js';
import { json } from '../respond.js';

/** How rows can be asked for. */
export const FORMATS = ['json', 'csv', 'ndjson'] as const;

/** A row of a table: flat, or with objects that become columns such as `vitals.lcp.p75`. */
export type TableRow = object;

/**
 * The answer as JSON, or its rows alone as a file to keep: `format=csv` or `format=ndjson`.
 *
 * @param name Of the file, without its ending.
 */
export function table(
  parameters: URLSearchParams,
  name: string,
  body: object,
  rows: readonly TableRow[],
): Response {
  const format = readChoice(parameters, 'format', FORMATS, 'json');
  switch (format) {
    case 'json':
      return json(200, body);
    case 'csv':
      return file(`${name}.csv`, 'text/csv; charset=utf-8; header=present', toCsv(rows));
    case 'ndjson':
      return file(`${name}.ndjson`, 'application/x-ndjson; charset=utf-8', toNdjson(rows));
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
