// Writes the name of what is being built: the version, and a digest of all that works in the thread of its own. An app that
// was bundled with one build must not talk to the thread of another.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const packageFolder = join(import.meta.dirname, '..');
const compiled = join(packageFolder, 'dist/generated');
const ROOMS = ['thread', 'server', 'store', 'analysis'];

const manifest = await readFile(join(packageFolder, 'package.json'), 'utf8');
const digest = createHash('sha256').update(manifest.replaceAll('\r\n', '\n'));
for (const room of ROOMS) {
  const files = await readdir(join(packageFolder, 'src', room), { recursive: true });
  for (const file of files.filter(isCode).sort()) {
    const code = await readFile(join(packageFolder, 'src', room, file), 'utf8');
    // A checkout with CRLF is the same build.
    digest.update(`${room}\n${code.replaceAll('\r\n', '\n')}`);
  }
}
const name = `${JSON.parse(manifest).version}-${digest.digest('hex').slice(0, 12)}`;
await mkdir(compiled, { recursive: true });
await writeFile(join(compiled, 'build.js'), `export const BUILD = ${JSON.stringify(name)};\n`);

function isCode(file) {
  return file.endsWith('.ts') && !/\.(test|contract)\.ts$/.test(file);
}
