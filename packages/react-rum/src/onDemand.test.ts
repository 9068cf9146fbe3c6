import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** Something that only this part has in it. */
const PARTS = { offline: 'rum.offline', debug: 'RUM debug' };

test('a bundler that splits keeps what is off by default out of what a page loads first', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../dist/browser/index.js', import.meta.url))],
    outdir: 'bundle',
    bundle: true,
    splitting: true,
    format: 'esm',
    metafile: true,
    write: false,
  });
  const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) =>
    entryPoint?.endsWith('/browser/index.js'),
  );
  const first = new Set([entry?.[0] ?? '']);
  for (const path of first) {
    for (const { path: imported, kind } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') first.add(imported);
    }
  }
  const having = (text: string) =>
    outputFiles.filter((file) => file.text.includes(text)).map(({ path }) => path);
  expect(having('rum_debug').filter((path) => [...first].some((each) => path.endsWith(each)))).toHaveLength(
    1,
  );
  for (const text of Object.values(PARTS)) {
    const [holder, ...others] = having(text);
    expect(holder).toBeDefined();
    expect(others).toEqual([]);
    expect([...first].filter((path) => holder?.endsWith(path))).toEqual([]);
  }
});
