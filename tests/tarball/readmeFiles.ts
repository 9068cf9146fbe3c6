/** A file that a document tells its reader to write. */
export interface DocumentedFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Takes the files out of a Markdown document: every fenced block whose first line is a comment that names a path, such
 * as `// lib/rum.ts`.
 */
export function readmeFiles(markdown: string): readonly DocumentedFile[] {
  const blocks = markdown.matchAll(/^```\w+\n\/\/ (\S+\.\w+)\n([\s\S]*?)^```$/gm);
  return Array.from(blocks, ([, path = '', content = '']) => ({ path, content: content.trimStart() }));
}
