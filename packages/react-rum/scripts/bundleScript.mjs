// Builds what pages with a plain <script> tag load: dist/script.js, the agent, and beside it the modules that it imports
// by their URL when they are asked for. All from what is in dist already, where property names are shortened alike.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const onDemand = ['debug', 'offline'];

/** @type {import('esbuild').BuildOptions} */
const common = { bundle: true, target: 'es2020', legalComments: 'none', sourcemap: 'external', write: false };

const bundles = await Promise.all([
  build({
    ...common,
    entryPoints: [path('../dist/script.js')],
    outfile: path('../dist/script.js'),
    format: 'iife',
  }),
  ...onDemand.map((name) =>
    build({
      ...common,
      entryPoints: [path(`../dist/browser/${name}/index.js`)],
      outfile: path(`../dist/${name}.js`),
      format: 'esm',
    }),
  ),
]);
for (const { outputFiles } of bundles) {
  const [map, bundle] = outputFiles;
  const { code, map: minifiedMap } = await minify(bundle.text, {
    ecma: 2020,
    toplevel: true,
    compress: { passes: 4, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false },
    sourceMap: { content: map.text, asObject: true },
  });
  await writeFile(bundle.path, code);
  await writeFile(map.path, JSON.stringify({ ...minifiedMap, sourcesContent: undefined }));
}
for (const name of onDemand) {
  await writeFile(path(`../dist/${name}.d.ts`), `export * from './browser/${name}/index.js';\n`);
}
