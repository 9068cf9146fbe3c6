/** Writes a line of JSON a row (https://github.com/ndjson/ndjson-spec). */
export function toNdjson(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
