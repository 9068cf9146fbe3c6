// Builds what pages with a plain <script> tag load: dist/script.js, the agent, and beside it the modules that it imports
// by their URL when they are asked for.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: true,
  target: 'es2020',
  legalComments: 'none',
  sourcemap: 'external',
};

await build({
  ...common,
  entryPoints: [path('../src/script.ts')],
  outfile: path('../dist/script.js'),
  format: 'iife',
  // tsc wrote the types of this entry, and a module nobody needs.
  allowOverwrite: true,
});

const onDemand = ['debug', 'offline'];
await build({
  ...common,
  entryPoints: onDemand.map((name) => ({ in: path(`../src/browser/${name}/index.ts`), out: name })),
  outdir: path('../dist'),
  format: 'esm',
});
for (const name of onDemand) {
  await writeFile(path(`../dist/${name}.d.ts`), `export * from './browser/${name}/index.js';\n`);
}
