import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A property of an interface, as the code has it. */
export interface Member {
  readonly name: string;
  /** As it is written. */
  readonly type: string;
  /** Its docstring, on one line. */
  readonly says: string;
}

/**
 * Reads the members of an interface and of those that it extends, in the same file.
 *
 * @param file Path of the module.
 */
export function membersOf(file: string, name: string): readonly Member[] {
  const found = declared(file, name, ts.isInterfaceDeclaration);
  const inherited = (found.heritageClauses ?? [])
    .flatMap(({ types }) => types)
    .flatMap(({ expression }) => membersOf(file, expression.getText()));
  const own = found.members.filter(ts.isPropertySignature).map((member) => ({
    name: member.name.getText(),
    type: member.type?.getText() ?? '',
    says: ts
      .getJSDocCommentsAndTags(member)
      .map((comment) => ts.getTextOfJSDocComment(comment.comment) ?? '')
      .join(' ')
      .replace(/\s+/g, ' '),
  }));
  return [...inherited, ...own];
}

/** Texts of a union such as `'app' | 'pages'`. */
export function literalsOf(file: string, name: string): readonly string[] {
  const { type } = declared(file, name, ts.isTypeAliasDeclaration);
  const types = ts.isUnionTypeNode(type) ? type.types : [];
  return types.flatMap((each) =>
    ts.isLiteralTypeNode(each) && ts.isStringLiteral(each.literal) ? [each.literal.text] : [],
  );
}

/** Names of the functions and components that a module exports, those it passes on included. */
export function exportsOf(file: string): readonly string[] {
  return parse(file).statements.flatMap((statement) => {
    if (ts.isFunctionDeclaration(statement) && statement.name && isExported(statement)) {
      return [statement.name.text];
    }
    const clause = ts.isExportDeclaration(statement) && !statement.isTypeOnly && statement.exportClause;
    if (!clause || !ts.isNamedExports(clause)) return [];
    return clause.elements.filter(({ isTypeOnly }) => !isTypeOnly).map((element) => element.name.text);
  });
}

/**
 * Finds the values that the code takes where an option is not given: `{ option = value }`, `options.option ?? value` and
 * parameters of that name.
 *
 * @param folder All modules below it are read, but for tests.
 * @returns Literals as they are written, by option; more than one where the code disagrees with itself.
 */
export function defaultsOf(folder: string, options: ReadonlySet<string>): ReadonlyMap<string, Set<string>> {
  const defaults = new Map<string, Set<string>>();
  function take(name: string, value: ts.Expression): void {
    const isPlain =
      ts.isLiteralExpression(value) ||
      [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword].includes(value.kind);
    if (!isPlain || !options.has(name)) return;
    defaults.set(name, (defaults.get(name) ?? new Set()).add(value.getText()));
  }
  function visit(node: ts.Node): void {
    if ((ts.isBindingElement(node) || ts.isParameter(node)) && node.initializer) {
      const given = ts.isBindingElement(node) ? (node.propertyName ?? node.name) : node.name;
      take(given.getText(), node.initializer);
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
      if (ts.isPropertyAccessExpression(node.left)) take(node.left.name.text, node.right);
    }
    ts.forEachChild(node, visit);
  }
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (/(?<!\.test|\.d)\.ts$/.test(file)) visit(parse(join(folder, file)));
  }
  return defaults;
}

function declared<Kind extends ts.InterfaceDeclaration | ts.TypeAliasDeclaration>(
  file: string,
  name: string,
  isKind: (node: ts.Node) => node is Kind,
): Kind {
  const found = parse(file)
    .statements.filter(isKind)
    .find((statement) => statement.name.text === name);
  if (!found) throw new Error(`${file} declares no ${name}`);
  return found;
}

function isExported(node: ts.FunctionDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, ts.sys.readFile(file) ?? '', ts.ScriptTarget.Latest, true);
}
