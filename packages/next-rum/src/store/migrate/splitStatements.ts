/**
 * Splits a migration into statements, because libsql prepares only the first of several.
 *
 * A semicolon in a string, a quoted identifier, a comment or a dollar-quoted body does not end a statement. Trigger
 * bodies of SQLite (`BEGIN …; END`) are not understood: migrations have none.
 */
export function splitStatements(migration: string): string[] {
  return (migration.match(STATEMENT) ?? [])
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(COMMENT, '').trim() !== '');
}

const COMMENT = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const STATEMENT =
  /(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|[^;])+/g;
