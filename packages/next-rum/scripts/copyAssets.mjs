// tsc copies nothing but what it compiles: the style sheets of the admin follow here.
import { cp, stat } from 'node:fs/promises';
import { join } from 'node:path';

const packageFolder = join(import.meta.dirname, '..');

await cp(join(packageFolder, 'src/admin'), join(packageFolder, 'dist/admin'), {
  recursive: true,
  filter: async (path) => path.endsWith('.css') || (await stat(path)).isDirectory(),
});
