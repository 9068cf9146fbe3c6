// tsc copies nothing but what it compiles: the style sheets of the admin and the migrations follow here.
import { cp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const packageFolder = join(import.meta.dirname, '..');
const dist = join(packageFolder, 'dist');

await copy(join(packageFolder, 'src/admin'), join(dist, 'admin'), '.css');
await rm(join(dist, 'migrations'), { recursive: true, force: true });
await copy(join(packageFolder, '../../prisma/migrations'), join(dist, 'migrations'), '.sql');

/** Copies the files of a folder and of those below it whose names end in `ending`. */
async function copy(from, to, ending) {
  await cp(from, to, {
    recursive: true,
    filter: async (path) => path.endsWith(ending) || (await stat(path)).isDirectory(),
  });
}
