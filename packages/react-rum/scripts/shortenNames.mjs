// Shortens, in what tsc has written, the property names that only the agent itself uses, as web-vitals does with its own: a
// bundler may not rename properties, and these would weigh 150 bytes compressed.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

/**
 * Never on the wire, in storage, in the browser's or the public API, nor in the registry, which copies of other versions
 * read. The end-to-end tests run what this makes.
 */
const NAMES = [
  'again',
  'beganAt',
  'begin',
  'bytes',
  'changed',
  'check',
  'collector',
  'compress',
  'drain',
  'draft',
  'emit',
  'envelope',
  'flight',
  'isChanged',
  'isDirty',
  'isLoss',
  'isView',
  'items',
  'leave',
  'longest',
  'mayStore',
  'mayTrace',
  'recent',
  'record',
  'session',
  'softUrl',
  'touch',
  'trace',
  'views',
];
const shortNames = Object.fromEntries(
  NAMES.map((name, index) => [name, '$'.repeat(index / 26) + String.fromCharCode(65 + (index % 26))]),
);
const pattern = new RegExp(`^(${NAMES.join('|')})$`);
const dist = fileURLToPath(new URL('../dist/', import.meta.url));

for (const file of await readdir(dist, { recursive: true })) {
  if (!/^(browser|react)\/.*\.js$|^script\.js$/.test(file)) continue;
  const path = join(dist, file);
  const map = await readFile(`${path}.map`);
  const written = (await readFile(path, 'utf8')).replace(
    /\/\/# sourceMappingURL=.*/,
    `//# sourceMappingURL=data:application/json;base64,${map.toString('base64')}`,
  );
  const shortened = await transform(written, {
    mangleProps: pattern,
    mangleCache: shortNames,
    sourcefile: file,
    sourcemap: 'external',
    sourcesContent: false,
    target: 'es2022',
  });
  await writeFile(path, `${shortened.code}//# sourceMappingURL=${file.split('/').at(-1)}.map\n`);
  await writeFile(`${path}.map`, shortened.map);
}
