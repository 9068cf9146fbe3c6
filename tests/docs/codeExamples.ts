/** A fenced block of TypeScript in a document or a docstring. */
export interface CodeExample {
  /** File and line of its first line. */
  readonly place: string;
  readonly language: 'ts' | 'tsx';
  readonly code: string;
}

/** @param file Path to say where an example stands. */
export function examplesOfMarkdown(file: string, markdown: string): readonly CodeExample[] {
  const lines = markdown.split('\n');
  const examples: CodeExample[] = [];
  for (const [index, line] of lines.entries()) {
    const [, indent = '', language] = /^( *)```(tsx?)$/.exec(line) ?? [];
    if (language !== 'ts' && language !== 'tsx') continue;
    const first = index + 1;
    const end = lines.indexOf(`${indent}\`\`\``, first);
    const code = lines.slice(first, end).map((each) => each.slice(indent.length));
    examples.push({ place: `${file}:${first + 1}`, language, code: code.join('\n') });
  }
  return examples;
}

/** The `@example`s in the docstrings of a module. */
export function examplesOfSource(file: string, source: string): readonly CodeExample[] {
  // Everything but docstrings is blanked out, so that the lines keep their numbers.
  const docstrings = source.replace(/\/\*\*.*?\*\/|[^\n]/gs, (part) =>
    part.includes('@example') ? part.replace(/^ *(\/\*)?\*+ ?/gm, '') : part.replace(/[^\n]/g, ''),
  );
  return examplesOfMarkdown(file, docstrings);
}
