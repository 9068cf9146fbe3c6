import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const path = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const page = readFileSync(path('docs/operations.md'), 'utf8');
/** Every name in backticks; those of a path such as `buffer.fill` one by one. */
const named = new Set([...page.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.split(/[^\w]+/)));

describe('docs/operations.md', () => {
  const fields = fieldsOf('packages/next-rum/src/server/api/healthApi.ts', [
    'HealthResponse',
    'IngestTotals',
    'IngestMinute',
    'IngestSums',
    'JobHealth',
  ]);

  test.each(fields)('tells what %s of the health route is', (field) => {
    expect(named).toContain(field);
  });

  test('finds the fields', () => {
    expect(fields).toEqual(expect.arrayContaining(['status', 'committingSince', 'rejected', 'lastRunAt']));
    expect(fields.length).toBeGreaterThan(30);
  });
});

/** Names of all properties of interfaces, those of objects within them included. */
function fieldsOf(file: string, interfaces: readonly string[]): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(path(file), 'utf8'), ts.ScriptTarget.Latest, true);
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertySignature(node)) names.add(node.name.getText());
    ts.forEachChild(node, visit);
  };
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement) && interfaces.includes(statement.name.text)) visit(statement);
  }
  return [...names];
}
