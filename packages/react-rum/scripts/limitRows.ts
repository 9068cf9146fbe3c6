import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import * as limits from '../src/browser/limits.js';

/** Numbers that belong together, and what the code says of them. */
export interface LimitRow {
  /** Heading in the code under which they stand, such as `Delivery`. */
  readonly section: string;
  /** Names of the constants. */
  readonly names: readonly string[];
  /** With thousands separated, and the unit that the name tells. */
  readonly numbers: readonly string[];
  readonly says: string;
}

const FILE = fileURLToPath(new URL('../src/browser/limits.ts', import.meta.url));
const UNITS = { MS: 'ms', BYTES: 'B', PX: 'px' };

/** Reads what the agent's numbers are and mean: one row for each comment, with the constants below it. */
export function limitRows(): readonly LimitRow[] {
  const source = ts.createSourceFile(FILE, ts.sys.readFile(FILE) ?? '', ts.ScriptTarget.Latest, true);
  const rows: (LimitRow & { names: string[]; numbers: string[] })[] = [];
  let section = '';
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    section = sectionOf(statement) ?? section;
    const says = commentOf(statement);
    if (says) rows.push({ section, names: [], numbers: [], says });
    for (const { name } of statement.declarationList.declarations) {
      rows.at(-1)?.names.push(name.getText());
      rows.at(-1)?.numbers.push(numberOf(name.getText()));
    }
  }
  return rows;
}

/** `// Delivery.` before a constant. */
function sectionOf(statement: ts.Statement): string | undefined {
  const [, section] = /^\/\/ (.+)\.$/m.exec(statement.getFullText()) ?? [];
  return section;
}

function commentOf(statement: ts.Statement): string {
  const own = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc).at(-1);
  // A table has no room for links.
  const text = (ts.getTextOfJSDocComment(own?.comment) ?? '').replace(/\s*https?:\/\/\S+/g, '');
  return text.replace(/\s+/g, ' ').trim();
}

function numberOf(name: string): string {
  const value = (limits as Readonly<Record<string, number>>)[name];
  if (value === undefined) throw new Error(`limits.ts exports no ${name}`);
  const unit = Object.entries(UNITS).find(([suffix]) => name.endsWith(`_${suffix}`))?.[1];
  const number = value.toLocaleString('en-GB');
  if (unit !== 'ms' || value < 60_000) return unit ? `${number} ${unit}` : number;
  const minutes = value / 60_000;
  return `${number} ms (${minutes < 60 ? `${minutes} min` : `${minutes / 60} h`})`;
}
