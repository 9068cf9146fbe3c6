import { join } from 'node:path';
import ts from 'typescript';
import type { CodeExample } from './codeExamples.js';

/** What TypeScript finds wrong. */
export interface Findings {
  /** By place of the example. */
  readonly examples: ReadonlyMap<string, readonly string[]>;
  /** By declaration file below the published folder. */
  readonly declarations: ReadonlyMap<string, readonly string[]>;
}

/** As strict as an application can be. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.ReactJSX,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noEmit: true,
  types: [],
};

/**
 * Type-checks each example as a module of an application that has installed the packages.
 *
 * @param folder The application's; nothing is written there.
 * @param published Folder of built declarations that are checked too.
 */
export function compileExamples(
  folder: string,
  examples: readonly CodeExample[],
  published: string,
): Findings {
  const files = new Map(
    examples.map((example, index) => [join(folder, `example${index}.${example.language}`), example]),
  );
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path)?.code ?? readFile(path);
  const program = ts.createProgram([...files.keys()], OPTIONS, host);

  const messagesOf = (file: ts.SourceFile | undefined): readonly string[] =>
    file
      ? [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(describe)
      : ['not read'];
  return {
    examples: new Map(
      [...files].map(([path, { place }]) => [place, messagesOf(program.getSourceFile(path))]),
    ),
    declarations: new Map(
      program
        .getSourceFiles()
        .filter(({ fileName }) => fileName.startsWith(published))
        .map((file) => [file.fileName, messagesOf(file)]),
    ),
  };
}

function describe({ messageText, file, start }: ts.Diagnostic): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}
