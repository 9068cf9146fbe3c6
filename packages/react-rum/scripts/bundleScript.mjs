// Builds dist/script.js, the agent for pages with a plain <script> tag.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

await build({
  entryPoints: [path('../src/script.ts')],
  outfile: path('../dist/script.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  legalComments: 'none',
  sourcemap: 'external',
  // tsc wrote the types of this entry, and a module nobody needs.
  allowOverwrite: true,
});
